// A stand-in of Lambda's runtime API: gives a function one event and takes its answer.
import http from 'node:http';
import { spawn } from 'node:child_process';

// Starts the bootstrap and resolves to what it answers, parsed.
export function answerOf([command, ...rest], environment, event) {
  return new Promise((resolve, reject) => {
    let child, given = false, done = false;
    const end = (settle, value) => {
      done = true;
      settle(value);
      child?.kill();
      server.close();
      server.closeAllConnections();
    };
    const server = http.createServer((request, response) => {
      if (request.url.endsWith('/invocation/next')) {
        if (!given) {
          given = true;
          response.setHeader('Lambda-Runtime-Aws-Request-Id', '1');
          response.end(event);
        }
        return; // A function that has nothing to do waits.
      }
      const parts = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        const answer = Buffer.concat(parts);
        response.statusCode = 202;
        response.end(() => request.url.endsWith('/response') ? end(resolve, JSON.parse(answer)) : end(reject, new Error(String(answer))));
      });
    });
    server.listen(0, '127.0.0.1', () => {
      child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...environment, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}` } });
      child.on('error', error => end(reject, error));
      child.on('exit', code => done || end(reject, new Error(`the function ended with ${code}`)));
    });
  });
}
