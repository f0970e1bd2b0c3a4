/** The wall: its styles and nothing else; the page renews itself without a script. */
import "./wall.css";
