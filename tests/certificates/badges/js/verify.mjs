// Has badges checked by programs of others, without a network. Reads JSON: `documents` by address
// (contexts, schema, DID document, status lists), `credentials` and `tokens` by name; writes, for
// each name, what every program found.

import {verify} from 'node:crypto';

const {documents, credentials, tokens} = JSON.parse(await text(process.stdin));

// verifier-core fetches by itself; it meets these documents and nothing else.
globalThis.fetch = async request => {
  const url = typeof request === 'string' ? request : request.url ?? String(request);
  const found = documents[url];
  return found === undefined
    ? new Response('not found', {status: 404})
    : new Response(JSON.stringify(found), {headers: {'content-type': 'application/json'}});
};

const {verifyCredential} = await import('@digitalbazaar/vc');
const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const {checkStatus} = await import('@digitalbazaar/vc-bitstring-status-list');
const core = await import('@digitalcredentials/verifier-core');
const {default: dataIntegrity} = await import('@digitalbazaar/data-integrity-context');
const {Ajv2019} = await import('ajv/dist/2019.js');
const {default: addFormats} = await import('ajv-formats');

const MULTIKEY = 'https://w3id.org/security/multikey/v1';

/** The document of an address, of a DID or of a key in it. */
async function documentLoader(url) {
  if (url.startsWith('did:web:')) {
    const [did, fragment] = url.split('#');
    const host = decodeURIComponent(did.slice('did:web:'.length));
    const controller = documents[`https://${host}/.well-known/did.json`];
    const method = controller.verificationMethod.find(each => each.id === url);
    return answer(url, fragment ? {'@context': MULTIKEY, ...method} : controller);
  }
  const found = documents[url] ?? dataIntegrity.contexts.get(url);
  if (found === undefined) {
    throw new Error(`There is no ${url} here.`);
  }
  return answer(url, found);
}

function answer(documentUrl, document) {
  return {contextUrl: null, documentUrl, document};
}

/** @digitalbazaar/vc: `verified` leaves out what the status lists say. */
async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const found = await verifyCredential({credential, suite, documentLoader, checkStatus});
  const errors = found.error?.errors ?? (found.error ? [found.error] : []);
  return {
    verified: found.verified,
    errors: errors.map(error => error.message),
    statuses: found.statusResult?.results?.map(each => each.status) ?? null,
  };
}

/** @digitalcredentials/verifier-core: each step by its name. */
async function verifierCore(credential) {
  const found = await core.verifyCredential({
    credential: structuredClone(credential), knownDIDRegistries: [],
  });
  const schemas = found.additionalInformation?.flatMap(each => each.results ?? []) ?? [];
  return {
    steps: Object.fromEntries((found.log ?? []).map(step => [step.id, step.valid])),
    errors: (found.errors ?? []).map(error => error.message),
    schemas: schemas.map(each => each.result),
  };
}

const results = {};
const schemas = new Map();
for (const [name, credential] of Object.entries(credentials)) {
  results[name] = {
    digitalBazaar: await digitalBazaar(credential),
    verifierCore: await verifierCore(credential),
    schemaErrors: schemaErrors(credential),
  };
}
for (const [name, token] of Object.entries(tokens)) {
  results[name] = {node: tokenHolds(token)};
}
process.stdout.write(JSON.stringify(results));

/** Whether a token is signed (RFC 7515) by the key that the DID document has under its `kid`. */
function tokenHolds(token) {
  const [head, body, signature] = token.split('.');
  const {alg, kid} = JSON.parse(Buffer.from(head, 'base64url').toString());
  const [did] = kid.split('#');
  const host = decodeURIComponent(did.slice('did:web:'.length));
  const methods = documents[`https://${host}/.well-known/did.json`].verificationMethod;
  const key = methods.find(method => method.id === kid).publicKeyJwk;
  return alg === 'ES256' && verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    {key, format: 'jwk', dsaEncoding: 'ieee-p1363'},
    Buffer.from(signature, 'base64url'),
  );
}

/** What the schema that a badge names finds wrong; null when that schema is not here. */
function schemaErrors(credential) {
  const address = credential.credentialSchema?.[0].id;
  if (documents[address] === undefined) {
    return null;
  }
  if (!schemas.has(address)) {
    const ajv = new Ajv2019({allErrors: true, strict: false});
    addFormats(ajv);
    schemas.set(address, ajv.compile(documents[address]));
  }
  const validate = schemas.get(address);
  validate(credential);
  return validate.errors ?? [];
}

async function text(stream) {
  const parts = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
