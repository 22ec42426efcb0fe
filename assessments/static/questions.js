// Small improvements of questions that work without them. Each change is told by the native
// control's own input and change events, as if a person had made it there.

import "./back.js";

const IMPROVED = {
  "put-in-order": "./order.js",
  "word-gaps": "./words.js",
  "picture-places": "./places.js",
  "count-words": "./count.js",
};

// A page loads only what its questions need.
for (const [name, module] of Object.entries(IMPROVED)) {
  if (document.querySelector(name)) import(module);
}
