// Interprets a state machine with aws-local-stepfunctions, on a clock that jumps
// from one timer to the next, for sfn_test.go. One JSON document a line:
//
//	in   {"definition": …}                 first of all
//	in   {"input": …}                      run it once
//	out  {"call": state, "input": …, "at": seconds}    a Task wants an answer
//	in   {"result": …} or {"errorType": …, "errorMessage": …}
//	out  {"ended": "Succeeded"|"Failed", "visits": [states, retries included], "at": seconds}
const readline = require("node:readline");

// The interpreter wants Node 22; this is all that Node 20 lacks.
Promise.withResolvers ??= () => {
  const r = {};
  r.promise = new Promise((resolve, reject) => Object.assign(r, { resolve, reject }));
  return r;
};

let now = 0; // milliseconds since the run began
let asking = 0; // answers that are on their way
let timers = [];
globalThis.setTimeout = (fire, ms) => {
  const timer = { at: now + ms, fire };
  timers.push(timer);
  setImmediate(pass);
  return timer;
};
globalThis.clearTimeout = (timer) => (timers = timers.filter((t) => t !== timer));

// pass lets time pass to the earliest timer when nobody is busy.
function pass() {
  if (asking > 0 || timers.length === 0) return;
  const next = timers.reduce((a, b) => (b.at < a.at ? b : a));
  clearTimeout(next);
  now = next.at;
  next.fire();
  setImmediate(pass);
}

const { StateMachine } = require("aws-local-stepfunctions");

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value);
};
const write = (v) => process.stdout.write(JSON.stringify(v) + "\n");

const handler = (state) => async (input) => {
  asking++;
  write({ call: state, input, at: now / 1000 });
  const answer = await read();
  asking--;
  setImmediate(pass);
  if (!answer.errorType) return answer.result ?? null;
  throw Object.assign(new Error(answer.errorMessage), { name: answer.errorType });
};

async function main() {
  const { definition } = await read();
  const machine = new StateMachine(definition);
  const handlers = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === "Task") handlers[name] = handler(name);
  }
  for (;;) {
    const { input } = await read();
    now = 0;
    timers = [];
    const run = machine.run(input, { overrides: { taskResourceLocalHandlers: handlers } });
    const visits = (async () => {
      const seen = [];
      for await (const e of run.eventLogs) {
        if (e.type === "StateEntered" || e.type === "StateRetried") seen.push(e.state.name);
      }
      return seen;
    })();
    const ended = await run.result.then(() => "Succeeded", (e) => (e.name === "Abandoned" || e.cause?.name === "Abandoned" ? "Failed" : String(e)));
    write({ ended, visits: await visits, at: now / 1000 });
  }
}
main();
