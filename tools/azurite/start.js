// Starts the storage emulator in a session of its own, so that a Ctrl-C in the terminal reaches Courier first and lets it drain.
// Ends it when standard input closes: when whoever started this is gone, in whatever way.
'use strict';
const { spawn } = require('node:child_process');

// A page of a list is megabytes of XML: a young generation that is too small for what becomes it copies that again and again.
const room = '--max-semi-space-size=64';
const emulator = spawn(
  process.execPath,
  [room, '-r', require.resolve('./quick.js'), require.resolve('azurite/dist/src/azurite.js'), '--disableTelemetry', '--skipApiVersionCheck', '--silent', ...process.argv.slice(2)],
  { detached: true, stdio: ['ignore', 'ignore', 'inherit'] });

emulator.on('exit', code => process.exit(code ?? 0));
process.on('SIGINT', () => {});
process.stdin.resume();
process.stdin.on('end', () => emulator.kill());
