/** The grid worker's pages: the resident's helpers plus news and undo. */
import "./worker.css";
import * as changes from "./modules/changes.ts";
import * as clock from "./modules/clock.ts";
import * as copy from "./modules/copy.ts";
import * as dialog from "./modules/dialog.ts";
import * as draft from "./modules/draft.ts";
import * as forget from "./modules/forget.ts";
import * as lists from "./modules/lists.ts";
import * as offline from "./modules/offline.ts";
import * as photos from "./modules/photos.ts";
import * as speak from "./modules/speak.ts";
import * as undo from "./modules/undo.ts";

for (const part of [forget, clock, changes, lists, dialog, draft, photos, offline, undo, speak, copy]) part.start();
