/** The desk: styles, htmx, and the behaviours of its pages. */
import "./console.css";
import htmx from "htmx.org";
import * as changes from "./modules/changes.ts";
import * as clock from "./modules/clock.ts";
import * as copy from "./modules/copy.ts";
import * as dialog from "./modules/dialog.ts";
import * as draft from "./modules/draft.ts";
import * as find from "./modules/find.ts";
import * as forget from "./modules/forget.ts";
import * as keys from "./modules/keys.ts";
import * as lists from "./modules/lists.ts";
import * as photos from "./modules/photos.ts";
import * as rows from "./modules/rows.ts";
import * as select from "./modules/select.ts";
import * as undo from "./modules/undo.ts";

for (const part of [forget, clock, changes, lists, rows, select, find, keys, dialog, undo, draft, photos, copy]) part.start();

// what our own modules put into the page speaks htmx too
document.addEventListener(lists.REFRESHED, (event) => htmx.process(event.target as Element));
