// Everything that `npm run demo` and `npm test` need, on a machine that has only Node.js 20 and npm. It runs before both
// (`predemo`, `pretest`), on whatever Node.js is there, so it is plain JavaScript without dependencies; what is already
// there is left alone. `node setup.mjs test` looks for the Debian packages of the tests as well.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** The sources are run as they stand since 22.18 (type stripping without a flag). */
const NODE_MIN = [22, 18];
/** What the tests use, and what is skipped without it. */
const DEBIAN_PACKAGES = [
	{ name: "redis-server", program: "redis-server", skipped: "the references' tests on Redis" },
	{ name: "postgresql", program: "postgres", skipped: "the control plane's tests on a PostgreSQL server" },
	{ name: "chromium", program: "chromium", skipped: "the tests of the HTML report in a browser" },
];
/** Debian keeps the programs of PostgreSQL here, by version, and out of the path. */
const POSTGRES = "/usr/lib/postgresql";
const APT_MS = 240_000;

const root = import.meta.dirname;
const localNode = join(root, "node_modules", ".bin", "node");

installPackages();
installNode();
if (process.argv.includes("test")) DEBIAN_PACKAGES.forEach(installDebianPackage);

function installPackages() {
	const missing = findMissing();
	if (missing === undefined) return;
	say(`installing from package-lock.json (${missing})`);
	const { status } = run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
	if (status !== 0) stop(`npm ci ended with ${status}; its messages are above`, status ?? 1);
}

/** Compares what is installed with the lock file, by npm's own record; undefined when nothing is missing. */
function findMissing() {
	const record = join(root, "node_modules", ".package-lock.json");
	if (!existsSync(record)) return "nothing is installed yet";
	const wanted = readPackages(join(root, "package-lock.json"));
	const installed = readPackages(record);
	const stale = Object.entries(wanted).find(
		// What is optional is there only on the platform that it is for.
		([path, { version, optional }]) => path !== "" && !optional && installed[path]?.version !== version,
	);
	return stale === undefined ? undefined : `${stale[0].replace("node_modules/", "")} is not ${stale[1].version}`;
}

function readPackages(file) {
	return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** The npm package `node` fetches its program in an install script, and npm may have been told to run none. */
function installNode() {
	if (isNewEnough(localNode)) return;
	if (existsSync(join(root, "node_modules", "node"))) {
		say("fetching the Node.js that the sources run on");
		run(process.execPath, ["installArchSpecificPackage.js"], { cwd: join(root, "node_modules", "node") });
		linkNode();
	}
	if (isNewEnough(localNode) || (!existsSync(localNode) && isNewEnough(process.execPath))) return;
	stop(`Node.js ${NODE_MIN.join(".")} is needed, and the npm package "node" could not be installed here`);
}

function linkNode() {
	rmSync(localNode, { force: true });
	if (existsSync(join(root, "node_modules", "node", "bin", "node"))) symlinkSync("../node/bin/node", localNode);
}

function isNewEnough(program) {
	const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
	const [major = 0, minor = 0] = (stdout ?? "").replace("v", "").split(".").map(Number);
	return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
}

function installDebianPackage({ name, program, skipped }) {
	if (isInstalled(program)) return;
	const obstacle = findObstacle();
	if (obstacle === undefined) {
		say(`installing the Debian package ${name}`);
		const options = { timeout: APT_MS, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
		const install = ["install", "--yes", "--no-install-recommends", name];
		// A fresh machine has no package lists yet.
		if (run("apt-get", install, options).status !== 0) {
			run("apt-get", ["update"], options);
			run("apt-get", install, options);
		}
		if (isInstalled(program)) return;
	}
	say(`skipped: ${skipped}, because ${program} is missing and ${obstacle ?? "apt-get could not install it"}`);
	say(`         to run them: apt-get install ${name}`);
}

function isInstalled(program) {
	if (program === "postgres" && existsSync(POSTGRES)) {
		return readdirSync(POSTGRES).some((version) => existsSync(join(POSTGRES, version, "bin", program)));
	}
	return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

function findObstacle() {
	if (!isInstalled("apt-get")) return "this is no Debian";
	return process.getuid?.() === 0 ? undefined : "only root may install it";
}

function run(program, args, options = {}) {
	return spawnSync(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
}

function say(text) {
	process.stdout.write(`setup: ${text}\n`);
}

function stop(text, exitCode = 1) {
	say(text);
	process.exit(exitCode);
}
