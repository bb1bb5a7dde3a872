// Indexes of lunr and MiniSearch for peers.py:
//   node peers.js lunr|minisearch <library> <documents.jsonl> <index.json> [<settings.js>]
//   node peers.js rank <lunr> <documents.jsonl> <queries.json>      (prints the first twenty of each query)
'use strict';
const fs = require('fs');
const path = require('path');

const [kind, library, source, target, settingsPath] = process.argv.slice(2);
const documents = fs.readFileSync(source, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const Library = require(path.resolve(library));

function lunrIndex() {
  const builder = new Library.Builder();
  builder.ref('id');
  builder.field('title', { boost: 4 });
  builder.field('text');
  for (const each of documents) {
    builder.add({ id: each.id, title: each.title.split(' '), text: each.text.split(' ') });
  }
  return builder.build();
}

if (kind === 'lunr') fs.writeFileSync(target, JSON.stringify(lunrIndex()));
if (kind === 'rank') {
  const index = lunrIndex();
  const ranked = JSON.parse(fs.readFileSync(target, 'utf8')).map((words) =>
    index.query((query) => words.forEach((word) => query.term(word, {}))).slice(0, 20).map((each) => each.ref));
  process.stdout.write(JSON.stringify(ranked));
}
if (kind === 'minisearch') {
  const settings = new Function(fs.readFileSync(settingsPath, 'utf8') + 'return settings;')();
  const index = new Library(settings);
  index.addAll(documents);
  fs.writeFileSync(target, JSON.stringify(index));
}
