// A small HTTP server: a file, compression, a derived key, a worker thread, a child process, an upload.
'use strict';

const { execFile } = require('child_process');
const { pbkdf2 } = require('crypto');
const fs = require('fs');
const http = require('http');
const { Worker, isMainThread, parentPort } = require('worker_threads');
const zlib = require('zlib');

const pages = {
  '/': (request, response) => fs.createReadStream(__filename).pipe(response),
  '/zip': (request, response) => {
    response.setHeader('Content-Encoding', 'gzip');
    fs.createReadStream(__filename).pipe(zlib.createGzip()).pipe(response);
  },
  '/key': (request, response) => {
    pbkdf2('secret', 'salt', 1000, 32, 'sha256', (error, key) => response.end(key.toString('hex') + '\n'));
  },
  '/worker': (request, response) => {
    new Worker(__filename).once('message', (sum) => response.end(`${sum}\n`));
  },
  '/child': (request, response) => {
    execFile('/bin/date', ['-u'], (error, output) => response.end(output));
  },
  '/store': (request, response) => {
    request.pipe(fs.createWriteStream('upload')).on('finish', () => response.end('stored\n'));
  },
};

function serve(port) {
  const server = http.createServer((request, response) => {
    const page = pages[request.url];
    if (page) {
      page(request, response);
    } else {
      response.writeHead(404);
      response.end('no such page\n');
    }
  });
  process.on('SIGTERM', () => server.close());
  fs.writeFileSync('server.pid', `${process.pid}\n`);
  server.listen(port, '127.0.0.1');
}

if (isMainThread) {
  serve(Number(process.argv[2]));
} else {
  let sum = 0;
  for (let i = 0; i < 100000; i++) {
    sum += i;
  }
  parentPort.postMessage(sum);
}
