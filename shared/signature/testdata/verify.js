// Reads {secret, headers, body (base64)}[] from standard input and answers, for
// each, whether the unmodified JavaScript verifier accepts it.
const { Webhook } = require("standardwebhooks");

const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const accepted = cases.map(({ secret, headers, body }) => {
  try {
    new Webhook(secret).verify(Buffer.from(body, "base64").toString("utf8"), headers);
    return true;
  } catch (e) {
    if (e.name !== "WebhookVerificationError") throw e;
    return false;
  }
});
console.log(JSON.stringify(accepted));
