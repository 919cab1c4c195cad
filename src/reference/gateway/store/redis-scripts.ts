/**
 * The writes of the Redis store, each one script, because Redis runs a script as one step.
 * Keys: `gateway:app:<id>` (hash: config, digest), `gateway:cids:<id>` (set), `gateway:calls:<id>` (counter that
 * expires with its window), `gateway:keys` (hash: digest of the key → app).
 */

/** KEYS app, keys · ARGV id, config, digest or "" · 1 when saved, 0 when another app has the key. */
const SAVE_APP = `
local digest = ARGV[3]
if digest ~= '' then
	local owner = redis.call('HGET', KEYS[2], digest)
	if owner and owner ~= ARGV[1] then return 0 end
end
local old = redis.call('HGET', KEYS[1], 'digest')
if old and old ~= '' then redis.call('HDEL', KEYS[2], old) end
redis.call('HSET', KEYS[1], 'config', ARGV[2], 'digest', digest)
if digest ~= '' then redis.call('HSET', KEYS[2], digest, ARGV[1]) end
return 1`;

/** KEYS app, keys, cids, calls · 1 when there was such an app. */
const DELETE_APP = `
local digest = redis.call('HGET', KEYS[1], 'digest')
if not digest then return 0 end
if digest ~= '' then redis.call('HDEL', KEYS[2], digest) end
redis.call('DEL', KEYS[1], KEYS[3], KEYS[4])
return 1`;

/** KEYS app, cids · ARGV "replace" or "append", most members, numbers… · the members, -1 without app, -2 when full. */
const WRITE_CIDS = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
local added = 0
for i = 3, #ARGV do added = added + 1 - redis.call('SISMEMBER', KEYS[2], ARGV[i]) end
if ARGV[1] == 'replace' then
	redis.call('DEL', KEYS[2])
elseif redis.call('SCARD', KEYS[2]) + added > tonumber(ARGV[2]) then
	return -2
end
for i = 3, #ARGV do redis.call('SADD', KEYS[2], ARGV[i]) end
return redis.call('SMEMBERS', KEYS[2])`;

/** KEYS app, cids · the members, or -1 without app. */
const LIST_CIDS = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
return redis.call('SMEMBERS', KEYS[2])`;

/** KEYS app, cids · ARGV number · 1 when removed, 0 when it was not there, -1 without app. */
const REMOVE_CID = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
return redis.call('SREM', KEYS[2], ARGV[1])`;

/** KEYS app, calls · ARGV limit, milliseconds of a window · 0 when taken, -1 without app, else milliseconds to wait. */
const TAKE_CALL = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
local count = tonumber(redis.call('GET', KEYS[2]) or '0')
if count >= tonumber(ARGV[1]) then return math.max(redis.call('PTTL', KEYS[2]), 1) end
redis.call('INCR', KEYS[2])
if count == 0 then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
return 0`;

export const REDIS_SCRIPTS: Readonly<Record<RedisScript, { readonly lua: string; readonly numberOfKeys: number }>> = {
	gatewaySaveApp: { lua: SAVE_APP, numberOfKeys: 2 },
	gatewayDeleteApp: { lua: DELETE_APP, numberOfKeys: 4 },
	gatewayWriteCids: { lua: WRITE_CIDS, numberOfKeys: 2 },
	gatewayListCids: { lua: LIST_CIDS, numberOfKeys: 2 },
	gatewayRemoveCid: { lua: REMOVE_CID, numberOfKeys: 2 },
	gatewayTakeCall: { lua: TAKE_CALL, numberOfKeys: 2 },
};

export type RedisScript =
	| "gatewaySaveApp"
	| "gatewayDeleteApp"
	| "gatewayWriteCids"
	| "gatewayListCids"
	| "gatewayRemoveCid"
	| "gatewayTakeCall";
