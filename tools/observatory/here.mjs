// Every name of the internet leads to this machine: HERE says which of our ports stands for 80 and for 443.
import net from "node:net";

const ports = JSON.parse(process.env.HERE);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...given) {
  // Node calls it with its options alone, or with them in a list.
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (!(options.port in ports)) throw new Error(`nothing here stands for port ${options.port}`);
  Object.assign(options, { host: "127.0.0.1", port: ports[options.port] });
  return connect.apply(this, given);
};
