// Interprets executions of one state machine with aws-local-stepfunctions, on a
// clock that interpreter.go moves. One JSON document a line; "now", "next" and
// "at" are milliseconds of that clock.
//
//	in   {"definition": …, "now": …}                       first of all
//	in   {"begin": name, "input": …, "now": …}
//	in   {"answer": n, "result": … | "error": …, "now": …}    of call n
//	in   {"now": …}                                        time has passed
//	out  {"call": n, "execution": name, "state": …, "resource": …, "input": …}
//	out  {"ended": name, "status": "SUCCEEDED"|"FAILED", "error": …, "cause": …, "visits": [states, retries included]}
//	out  {"rest": true, "next": … | null}                  once for each line that came in,
//	                                                       when nothing is left to do by then
const readline = require("node:readline");

// The interpreter wants Node 22; this is all that Node 20 lacks.
Promise.withResolvers ??= () => {
  const r = {};
  r.promise = new Promise((resolve, reject) => Object.assign(r, { resolve, reject }));
  return r;
};

let now = 0;
let timers = [];
globalThis.setTimeout = (fire, ms) => {
  const timer = { at: now + Math.ceil(ms), fire };
  timers.push(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => (timers = timers.filter((t) => t !== timer));
const earliest = () => timers.reduce((a, b) => (a && a.at <= b.at ? a : b), null);

// settled waits until promises have run their course. What an execution does
// between a timer and the next call is made of promises alone.
const settled = () => new Promise((done) => setImmediate(() => setImmediate(done)));

// pass fires what falls due up to an instant, in order.
async function pass(to) {
  await settled();
  for (let t = earliest(); t && t.at <= to; t = earliest()) {
    clearTimeout(t);
    now = Math.max(now, t.at);
    t.fire();
    await settled();
  }
  now = Math.max(now, to);
}

const { StateMachine } = require("aws-local-stepfunctions");
const write = (v) => process.stdout.write(JSON.stringify(v) + "\n");

const calls = new Map(); // number -> what to do with its answer
let called = 0;

// failure is a function's error as Step Functions sees it: the name is its
// errorType, the cause all that Lambda answered, as text.
// https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-handling-error-conditions.html
const failure = (e) => Object.assign(new Error(JSON.stringify(e)), { name: e.errorType });

const call = (execution, state, resource) => (input) =>
  new Promise((resolve, reject) => {
    calls.set(++called, (a) => (a.error ? reject(failure(a.error)) : resolve(a.result ?? null)));
    write({ call: called, execution, state, resource, input });
  });

function begin(definition, name, input) {
  const tasks = Object.entries(definition.States).filter(([, s]) => s.Type === "Task");
  const run = new StateMachine(definition).run(input, {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(tasks.map(([s, { Resource }]) => [s, call(name, s, Resource)])) },
  });
  const visits = [];
  const seen = (async () => {
    for await (const e of run.eventLogs) if (e.type === "StateEntered" || e.type === "StateRetried") visits.push(e.state.name);
  })();
  const end = async (status, e) => {
    await seen;
    write({ ended: name, status, error: e?.name, cause: e?.message, visits });
  };
  run.result.then(() => end("SUCCEEDED"), (e) => end("FAILED", e.cause ?? e));
}

async function main() {
  let definition;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const said = JSON.parse(line);
    await pass(said.now);
    if (said.definition) definition = said.definition;
    if (said.begin) begin(definition, said.begin, said.input);
    if (said.answer) {
      calls.get(said.answer)(said);
      calls.delete(said.answer);
    }
    await pass(said.now);
    write({ rest: true, next: earliest()?.at ?? null });
  }
}
main();
