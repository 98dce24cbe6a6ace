// What projects of `oidc init` install instead of packages of cdktf-cli that a deploy does not use
// (template/vendor). cdktf loads them before every command, and may then use none of what they
// export.
const get = (_, key) => () => {
  throw new Error(
    `this project is installed without the packages of \`cdktf convert\`, \`get\`, \`init\` and \`provider\` (${String(key)}): see vendor/README.md`,
  );
};

// As a prototype: cdktf's bundle copies a package's own properties when it imports it.
module.exports = Object.create(new Proxy({}, { get }), { __esModule: { value: true } });
