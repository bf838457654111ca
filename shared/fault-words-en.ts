import type { FaultCode } from "./fault.ts";
import type { FaultText, FaultWords } from "./tell-fault.ts";

const ADMINISTRATOR = "your administrator";

/** What the close codes of RFC 6455 and of the IANA registry mean, for the codes a platform really sends. */
const closeMeanings: Readonly<Record<number, string>> = {
  1000: "the platform ended the session",
  1001: "the platform is restarting or going away",
  1002: "the two sides do not speak the same WebSocket protocol",
  1003: "the platform does not take this kind of data",
  1005: "the platform closed without saying why",
  1007: "the platform could not read what was sent",
  1008: "it breaks a policy of the platform; often the token has expired",
  1009: "a message was too large",
  1011: "the platform met an error of its own",
  1012: "the platform is restarting",
  1013: "the platform is overloaded",
};

/** A row for every code (contract 0, "Errors"), and the compiler sees that none is missing. */
const rows: Readonly<Record<FaultCode, FaultText>> = {
  network: {
    what: "The platform cannot be reached.",
    cause: "The network is down, the address or the proxy is wrong, or a firewall is in between.",
    remedy: `Check the network or VPN. If others are offline too, tell ${ADMINISTRATOR}. For a certificate error, set network.caFile.`,
  },
  timeout: {
    what: "The platform took too long to answer.",
    cause: "It is busy, or the network is slow.",
    remedy: "Carry on: it is tried again. If it stays, report when it began.",
  },
  "unknown-host": {
    what: "The platform's name cannot be found.",
    cause: "The name is wrong, or no name server (DNS) that knows it can be asked, as outside a VPN.",
    remedy: "Check the network or VPN, then the address in the settings.",
  },
  certificate: {
    what: "The platform's certificate is not accepted.",
    cause: "It is out of date, is for another name, or comes from an authority unknown here, often that of a proxy which looks into the traffic.",
    remedy: `Check this computer's date. If your company has an authority of its own, ask ${ADMINISTRATOR} to set network.caFile.`,
  },
  "clock-wrong": {
    what: "This computer's clock is wrong.",
    cause: "It differs so much from the platform's that tokens and signatures fail.",
    remedy: "Set date and time to automatic in the system's settings, then check again.",
  },
  aborted: {
    what: "The request was cancelled.",
    cause: "The program was closing, or something newer took its place.",
    remedy: "Nothing to do.",
  },
  "bad-request": {
    what: "The platform refused the request as invalid.",
    cause: "A field is missing or has a value that the platform does not take.",
    remedy: "Correct the field that is named. If none is named, check the settings of this section.",
  },
  "no-credentials": {
    what: "There are no credentials for the platform.",
    cause: "Callside has no client id or secret for it, so nothing was asked.",
    remedy: `Enter them in the settings under “Connections and practice”, or ask ${ADMINISTRATOR} to set the variables that are named and start Callside again.`,
  },
  credentials: {
    what: "The platform does not accept the credentials.",
    cause: "The client id or secret is wrong, or the token has expired or been withdrawn.",
    remedy: `Ask ${ADMINISTRATOR} to check the client id and secret in the platform's console and here, then retry.`,
  },
  forbidden: {
    what: "The platform denies access.",
    cause: "The client lacks a scope or a role, or the bot belongs to another workspace or tenant.",
    remedy: `Ask ${ADMINISTRATOR} to grant the scope and role, and to check that bot, organisation and client belong together.`,
  },
  "missing-scope": {
    what: "The credentials lack a permission.",
    cause: "The OAuth client was not granted every scope that is needed.",
    remedy: `Ask ${ADMINISTRATOR} to add the scopes that are named to the OAuth client, then retry.`,
  },
  "not-found": {
    what: "The platform does not know this address.",
    cause: "The address, tenant or bot id is wrong, or it was deleted.",
    remedy: "Check the address and the ids in the settings.",
  },
  "bot-inactive": {
    what: "The bot is not active.",
    cause: "It was paused, or has not been deployed yet.",
    remedy: `Ask ${ADMINISTRATOR} to activate the bot on the platform. It is looked at again every minute.`,
  },
  "channel-missing": {
    what: "The bot does not serve this channel.",
    cause: "The channel was not enabled for the bot, or has another name here.",
    remedy: `Ask ${ADMINISTRATOR} to enable the channel for the bot, or correct tunnel.channel. It is looked at again every minute.`,
  },
  "session-limit": {
    what: "The bot has no free session.",
    cause: "As many sessions are open as are allowed at the same time.",
    remedy: `It is looked at again every minute. If it stays, ask ${ADMINISTRATOR} to end idle sessions or to raise tunnel.maxConcurrent.`,
  },
  "protocol-version": {
    what: "The runtime's protocol version is not one that can be spoken.",
    cause: "The setting tunnel.protocolVersion is not among tunnel.protocolVersions.",
    remedy: "Correct tunnel.protocolVersion, or add it to tunnel.protocolVersions if the runtime speaks it.",
  },
  "token-form": {
    what: "The token that was issued cannot be used here.",
    cause: "The runtime takes a JWT: three base64url segments, the first beginning with eyJ.",
    remedy: `Ask ${ADMINISTRATOR} to check tunnel.tokenUrl, and that the OAuth client is issued JWT tokens.`,
  },
  "runtime-refused": {
    what: "The bot's runtime refused the connection.",
    cause: "It answered the first frame with something other than its consent.",
    remedy: `It is tried again by itself. If it stays, give the words found to ${ADMINISTRATOR}.`,
  },
  "rate-limited": {
    what: "The platform asks for a pause.",
    cause: "The quota of requests for this tenant is used up.",
    remedy: "Carry on: it is tried again after the pause. If it comes often, ask for a higher quota, fewer triggers or a longer cache time.",
  },
  "server-error": {
    what: "The platform has a problem.",
    cause: "It is overloaded, under maintenance, or failing.",
    remedy: "Carry on: it is tried again. If it stays, tell your supervisor.",
  },
  "unexpected-status": {
    what: "The platform answered in an unexpected way.",
    cause: "The address belongs to something else, or a proxy answered in its place.",
    remedy: "Check the address in the settings, and that no sign-in page or proxy stands before it.",
  },
  "malformed-reply": {
    what: "The platform's answer could not be understood.",
    cause: "It does not have the agreed form: another version, or a proxy's page in its place.",
    remedy: "If it happens again, report the field that is named.",
  },
  "reply-too-large": {
    what: "The platform's answer was too large and was cut off.",
    cause: "It is larger than is allowed for this answer.",
    remedy: "If it happens again, report it to those who run the bot.",
  },
  "socket-lost": {
    what: "The connection was lost.",
    cause: "The network dropped it.",
    remedy: "It reconnects by itself. Retry now if you know that the network is back.",
  },
  "socket-abnormal": {
    what: "The connection broke off without a goodbye (1006).",
    cause: "An idle timeout, a proxy that does not pass WebSocket upgrades, a closed port 443, or a protocol version that the platform does not speak.",
    remedy: `It reconnects by itself. If it keeps happening, ask ${ADMINISTRATOR} to check proxy, port 443 and protocol version.`,
  },
  "socket-silent": {
    what: "The connection is open but silent.",
    cause: "The network or the platform stopped passing data without closing the line.",
    remedy: "It is replaced by a new connection by itself.",
  },
  "socket-refused": {
    what: "The platform refused the connection.",
    cause: "The address is not a WebSocket address, or a proxy does not pass the upgrade.",
    remedy: "Check the stream address. Check that the proxy passes WebSocket upgrades.",
  },
  "closed-by-peer": {
    what: "The platform closed the connection.",
    cause: "It is restarting, or ended the session.",
    remedy: "It reconnects by itself.",
  },
  "simulation-lost": {
    what: "The platform no longer knows the simulation.",
    cause: "It was lost or deleted there before its result could be fetched.",
    remedy: "Run the case again. If it happens often, report it to those who run the platform.",
  },
  "simulation-timeout": {
    what: "The simulation did not come to an end in time.",
    cause: "The bot hangs or is slow, or the platform has more simulations than it can run.",
    remedy: "Run the case again. If it stays, look at the bot's flows, or raise simulations.maxPolls.",
  },
  disk: {
    what: "A file could not be read or written.",
    cause: "The disk is full, the folder is missing, or this user may not write there.",
    remedy: "Free some space or correct the folder's permissions.",
  },
  "audit-broken": {
    what: "The end of the audit file is not as it was written.",
    cause: "Lines were changed or removed by something other than Callside, or the file beside it that remembers the last line is lost.",
    remedy: `Leave the folder as it is and tell ${ADMINISTRATOR}: the command audit verify says where it breaks.`,
  },
  "in-use": {
    what: "Another Callside already does this work here.",
    cause: "Two bridges on one state directory would answer customers twice, so the second does not start.",
    remedy: "Stop the other one, or give this one a bridge.stateDirectory of its own.",
  },
  "no-answer": {
    what: "The bot's answer holds no text.",
    cause: "The field response is missing, empty, or something other than text.",
    remedy: "Answer the customer yourself. If it comes often, look at the bot's flow, then replay the message.",
  },
  "circuit-open": {
    what: "Requests to this host pause for a moment.",
    cause: "Five in a row failed, so it is left alone for 30 seconds.",
    remedy: "Nothing to do: it is tried again by itself.",
  },
  "address-refused": {
    what: "Callside does not send requests to this address.",
    cause: "It is private, link-local or this machine's own, or a redirect leads to another host.",
    remedy: `If it is meant, ask ${ADMINISTRATOR} to add the host to integrations.allowHosts.`,
  },
  "no-secret": {
    what: "The secret that this integration names is not there.",
    cause: "It was never stored here, or the environment does not give it.",
    remedy: "Store it under the name that the definition gives, or set the environment variable of that name.",
  },
  "invalid-input": {
    what: "This value is not allowed.",
    cause: "A field is missing, has the wrong form, or is out of range.",
    remedy: "Correct the field that is named.",
  },
  "not-allowed": {
    what: "This is not allowed here.",
    cause: "Your role, or a rule of your organisation, does not permit it.",
    remedy: `Ask a supervisor or ${ADMINISTRATOR} if you need it.`,
  },
  "newer-file": {
    what: "A file was written by a newer Callside.",
    cause: "This one does not know its form, so it leaves the file as it is.",
    remedy: "Update Callside, or move the file away to begin a new one.",
  },
  "not-found-here": {
    what: "This is no longer here.",
    cause: "It was closed or replaced in the meantime.",
    remedy: "Nothing to do; choose another.",
  },
};

/** What is said otherwise of a service that an integration asks (contract 4.3): its secret and its address stand in the definition. */
const serviceRows: Partial<Readonly<Record<FaultCode, FaultText>>> = {
  network: {
    what: "The service cannot be reached.",
    cause: "The network is down, the address or the proxy is wrong, or a firewall is in between.",
    remedy: `Check the address in the definition, then the network. For a certificate error, ask ${ADMINISTRATOR} to set network.caFile.`,
  },
  timeout: {
    what: "The service took too long to answer.",
    cause: "It is busy, or the network is slow.",
    remedy: "Run it again. If it stays, raise timeout_seconds, or ask those who run the service.",
  },
  "bad-request": {
    what: "The service refused the request as invalid.",
    cause: "A field of the body is missing or has a value that the service does not take.",
    remedy: "Compare the request that was sent with what the service wants; its reply often names the field.",
  },
  credentials: {
    what: "The service does not accept the secret.",
    cause: "The secret is wrong, expired, or sent in another way than the service wants it.",
    remedy: "Check the secret that the definition names, auth_type and auth_header_name.",
  },
  forbidden: {
    what: "The service denies access.",
    cause: "The secret is known there, but may not do this.",
    remedy: "Ask those who run the service to allow it, or use another secret.",
  },
  "not-found": {
    what: "The service does not know this address.",
    cause: "The path of the address is wrong, or what it names is not there.",
    remedy: "Check config.url and the method.",
  },
  "rate-limited": {
    what: "The service asks for a pause.",
    cause: "Its quota of requests is used up.",
    remedy: "Run it again after the pause. If it comes often, ask those who run the service for a higher quota.",
  },
  "server-error": {
    what: "The service has a problem.",
    cause: "It is overloaded, under maintenance, or failing.",
    remedy: "Run it again later. If it stays, ask those who run the service.",
  },
  "unexpected-status": {
    what: "The service answered in an unexpected way.",
    cause: "The address or the method is wrong, or a proxy answered in its place.",
    remedy: "Check config.url and the method; the reply may say more.",
  },
  "malformed-reply": {
    what: "The service's reply could not be understood.",
    cause: "It is not JSON, or a proxy's page stands in its place.",
    remedy: "Check config.url. Only services that reply in JSON can be used.",
  },
  "reply-too-large": {
    what: "The service's reply was too large and was cut off.",
    cause: "It is larger than is allowed for a reply.",
    remedy: "Ask the service for less, such as fewer entries.",
  },
};

/** The error table in English. */
export const englishFaults: FaultWords = {
  rows,
  serviceRows,
  closeMeanings,
  closed: (code, meaning) => `Code ${code}: ${meaning}.`,
  found: (detail) => `Found: ${detail}`,
  pause: { platform: (length) => `The platform asked for ${length}.`, service: (length) => `The service asked for ${length}.` },
  seconds: (count) => (count === 1 ? "1 second" : `${count} seconds`),
  minutes: (count) => `${count} minutes`,
};
