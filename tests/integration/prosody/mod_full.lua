-- A server that has no room for one more session, as an operator's own limit would answer. Stock Prosody 0.12 has no
-- such limit, and ejabberd's max_user_sessions removes an older session instead.
module:hook("stanza/iq/urn:ietf:params:xml:ns:xmpp-bind:bind", function (event)
	event.origin:close({ condition = "resource-constraint", text = "The server is full" });
	return true;
end, 1000);
