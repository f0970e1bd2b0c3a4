/** Sheets of paper: their styles and a button that prints. */
import "./print.css";
import * as copy from "./modules/copy.ts";

copy.start();
