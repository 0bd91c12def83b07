-- A Prosody for Linnet: what the application asks of a server, with nothing beyond Debian's package.
--
-- As it stands it runs as an ordinary user on loopback, told by environment where and on which ports (scripts/run and
-- the tests do so). For a server of your own, put your values in place of the ENV_ ones, take out what is marked
-- "loopback only", and name your domain; server/README.md goes through it.
local folder = ENV_LINNET_SERVER_DIR
local domain = ENV_LINNET_DOMAIN or "localhost"
local c2s_port, http_port = tonumber(ENV_LINNET_C2S_PORT), tonumber(ENV_LINNET_HTTP_PORT)
local https_port = tonumber(ENV_LINNET_HTTPS_PORT)

data_path = folder .. "/data"
certificates = folder .. "/certs"
pidfile = folder .. "/prosody.pid"
admin_socket = folder .. "/prosody.sock"
log = { info = folder .. "/prosody.log" }
plugin_paths = { ENV_LINNET_PLUGINS }
daemonize = false
run_as_root = true                        -- loopback only: a test machine may know no other user

interfaces = { "127.0.0.1" }              -- loopback only
http_interfaces = { "127.0.0.1" }
https_interfaces = { "127.0.0.1" }
c2s_ports = { c2s_port }
c2s_direct_tls_ports = {}
s2s_ports = {}                            -- loopback only: no other servers
http_ports = { http_port }
https_ports = { https_port }
http_default_host = domain                -- answers under its IP address, too
https_certificate = folder .. "/certs/localhost.crt"
ssl = { key = folder .. "/certs/localhost.key", certificate = folder .. "/certs/localhost.crt" }

network_backend = "epoll"
network_default_read_size = 256 * 1024    -- the default of 4096 makes uploads crawl
http_max_content_size = 1024 * 1024       -- larger bodies go to disk instead of memory

-- SCRAM-SHA-256; a hashed password serves one SCRAM only, and the default would be SHA-1
authentication = ENV_LINNET_AUTH or "internal_hashed"
password_hash = ENV_LINNET_PASSWORD_HASH or "SHA-256"
c2s_require_encryption = false            -- loopback only, with the next two: ws:// needs no TLS there
allow_unencrypted_plain_auth = true
consider_websocket_secure = true
if ENV_LINNET_ONLY_PLAIN then
  disable_sasl_mechanisms = { "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER" }
end

storage = ENV_LINNET_STORAGE or "internal"
sql = { driver = "SQLite3", database = "prosody.sqlite" }
archive_expires_after = "1y"
default_archive_policy = true
max_archive_query_results = 250
storage_archive_item_limit = 100000       -- internal storage keeps 10000 otherwise

local modules = {
  "posix"; "disco"; "roster"; "saslauth"; "tls"; "offline"; "http"; "http_errors";
  "smacks"; "carbons"; "mam"; "csi"; "csi_simple";
  "pep"; "vcard4"; "vcard_legacy"; "bookmarks"; "private"; "blocklist";
  "ping"; "time"; "version"; "lastactivity";
  "register_ibr"; "user_account_management"; "tombstones";
  "limits"; "server_contact_info"; "admin_shell";
}
if not ENV_LINNET_NO_WEBSOCKET then
  table.insert(modules, "websocket")
end
if ENV_LINNET_PLUGIN then                 -- loopback only: what a test adds
  table.insert(modules, ENV_LINNET_PLUGIN)
end
modules_enabled = modules
modules_disabled = { "s2s", "s2s_auth_certs", "dialback" }   -- loopback only
cross_domain_websocket = true

allow_registration = true                 -- accounts can be made in the application
min_seconds_between_registrations = nil
smacks_hibernation_time = tonumber(ENV_LINNET_RESUME_SECONDS or "300")
smacks_max_hibernated_sessions = 10
smacks_max_queue_size = 2000
smacks_max_unacked_stanzas = 0
limits = { c2s = { rate = "100mb/s"; burst = "10s" } }
c2s_stanza_size_limit = 256 * 1024
pep_max_items = 1024
admins = { "admin@" .. domain }

VirtualHost (domain)
  disco_items = { { "conference." .. domain, "groups" }; { "upload." .. domain, "files" } }
  http_host = domain
  modules_enabled = { "http_files" }      -- XEP-0156: 0.12 has no module for it, a file does
  http_files_dir = folder .. "/www"
  http_paths = { files = "/.well-known" }

Component ("conference." .. domain) "muc"
  name = "Groups"
  modules_enabled = { "muc_mam" }
  muc_room_default_persistent = true
  muc_room_default_members_only = false
  muc_room_default_public = true
  muc_room_default_history_length = 0
  muc_room_locking = false
  muc_log_by_default = true
  muc_log_presences = false
  muc_log_expires_after = "1y"
  muc_tombstones = true
  max_archive_query_results = 250

Component ("upload." .. domain) "http_file_share"
  http_host = domain
  http_external_url = "http://127.0.0.1:" .. (ENV_LINNET_UPLOAD_PORT or http_port) .. "/"
  http_file_share_size_limit = 300 * 1024 * 1024
  http_file_share_daily_quota = 10 * 1024 * 1024 * 1024
  http_file_share_expires_after = 30 * 86400
  http_file_share_access = { domain }
