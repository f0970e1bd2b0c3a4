// The search worker of the theme, with Chinese: each character is a term of its own (mkdocs.yml, separator), and a
// page is found when it has all characters of what was typed. The name of the theme's file comes as our query.
"use strict";

const QUERY = 2; // what the theme calls a message that asks
const listen = self.addEventListener.bind(self);

function apart(typed) {
  return typed.replace(/[\u3400-\u9fff]+/g, (run) => ` ${[...run].map((one) => `+${one}`).join(" ")} `);
}

self.addEventListener = (name, heard) => {
  listen(name, (event) => {
    const { type, data } = event.data ?? {};
    heard(name === "message" && type === QUERY ? { data: { type, data: apart(data) } } : event);
  });
};

importScripts(self.location.search.slice(1));
