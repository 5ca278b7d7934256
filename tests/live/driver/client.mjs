// The official client: posts 300 times, each with an answer, in one go. Prints what it heard as one line of JSON.
import { io } from "socket.io-client";

const [port, count, ...transports] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const socket = io(origin, { transports, auth: { name: "anna" }, extraHeaders: { Origin: origin }, reconnection: false });
const heard = [], answered = [], problems = [];

socket.on("connect", () => {
    const go = () => { for (let n = 0; n < count; n++) socket.emit("post", { n, text: `会議は${n}時から` }, (answer) => { answered.push(answer.n); look(); }); };
    if (transports.length > 1) for (let n = 0; n < count; n++) socket.emit("post", { n: -1 - n });    // while it changes over
    if (socket.io.engine.transport.name === transports.at(-1)) go(); else socket.io.engine.once("upgrade", go);
});
socket.on("posted", (data) => { heard.push(data); look(); });
socket.on("connect_error", (error) => end(error.message));
socket.on("disconnect", (reason) => end(reason));
setTimeout(() => end("too late"), 15000).unref();

function look() {
    const expected = transports.length > 1 ? 2 * count : Number(count);
    if (heard.length >= expected && answered.length >= count) setTimeout(() => end(), 100);    // a double would come right behind
}

function end(problem) {
    if (problem) problems.push(problem);
    console.log(JSON.stringify({ transport: socket.io.engine?.transport.name, heard: heard.map((data) => data.n), answered, problems,
        whole: heard.every((data) => data.n < 0 || data.text === `会議は${data.n}時から`) }));
    process.exit();
}
