/** Residents' pages: what helps there and nothing else; every page works without it. */
import "./resident.css";
import * as clock from "./modules/clock.ts";
import * as copy from "./modules/copy.ts";
import * as draft from "./modules/draft.ts";
import * as forget from "./modules/forget.ts";
import * as offline from "./modules/offline.ts";
import * as photos from "./modules/photos.ts";
import * as speak from "./modules/speak.ts";

for (const part of [forget, clock, draft, photos, offline, speak, copy]) part.start();
