package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads targets of type {@code http}: one server whose address is fixed, and what may be called there. */
final class HttpTargets {

    private static final Set<String> KEYS =
            Set.of("type", "fenced", "base", "allowPrivate", "allowLoopback", "headers", "state", "actions");
    private static final Set<String> TELLS = Set.of(
            HttpStateSpec.STATE_TOKEN, "changedAt", "changedBy", "rollout", "managedBy", "holdsData", "healthyOthers");
    /** Ours, or such that would make the request another one than was declared. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "idempotency-key",
            "fencing-token");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{0,1000}");
    /** Four numbers, one number, or IPv6: what needs no name service. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    private HttpTargets() {}

    static HttpTarget of(String name, ConfigNode node) {
        node.allowOnly(KEYS);
        AddressRule addresses = new AddressRule(node.bool("allowPrivate", false), node.bool("allowLoopback", false));
        URI base = base(node.require("base"), addresses);
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, SecretRef> secrets = new LinkedHashMap<>();
        headers(node.section("headers"), headers, secrets);
        return new HttpTarget(
                name,
                node.bool("fenced", false),
                base,
                addresses,
                headers,
                secrets,
                DeclaredTargets.actions(node, (kind, action) -> HttpCalls.of(action)),
                state(node.require("state")));
    }

    private static URI base(ConfigNode node, AddressRule addresses) {
        String text = node.text();
        if (Placeholders.in(text)) {
            throw node.error(
                    "'" + text + "' holds a placeholder; the server must be fixed, only paths and bodies vary");
        }
        URI base;
        try {
            base = new URI(text);
        } catch (URISyntaxException e) {
            throw node.error(
                    "'" + text + "' is no URL (" + e.getReason() + "); write https://HOST or https://HOST:PORT");
        }
        if (base.getRawUserInfo() != null || text.contains("@")) {
            throw node.error("user and password don't belong into a URL, where they are logged;"
                    + " name them under headers as {env: NAME} or {file: PATH}");
        }
        boolean plain = "http".equalsIgnoreCase(base.getScheme());
        if (!plain && !"https".equalsIgnoreCase(base.getScheme()) || base.getHost() == null) {
            throw node.error("'" + text + "' is no server's URL; write https://HOST or https://HOST:PORT");
        }
        if (!base.getRawPath().isEmpty() && !base.getRawPath().equals("/")
                || base.getRawQuery() != null
                || base.getRawFragment() != null) {
            throw node.error("'" + text + "' holds more than a server; put the path into each call's 'path'");
        }
        checkHost(node, base.getHost().toLowerCase(Locale.ROOT), addresses);
        return base;
    }

    /** What can be known without asking a name service; the address is checked again at each connection. */
    private static void checkHost(ConfigNode node, String host, AddressRule addresses) {
        if ((host.equals("localhost") || host.endsWith(".localhost")) && !addresses.allowLoopback()) {
            throw node.error(host + " is this machine; declare 'allowLoopback: true' if that is meant");
        }
        if (!LITERAL.matcher(host).matches()) {
            return;
        }
        try {
            addresses.against(InetAddress.getByName(host)).ifPresent(objection -> {
                throw node.error(objection);
            });
        } catch (UnknownHostException e) {
            throw node.error(
                    "'" + host + "' is neither an address nor a name; write https://HOST or https://HOST:PORT");
        }
    }

    private static void headers(ConfigNode node, Map<String, String> headers, Map<String, SecretRef> secrets) {
        if (node == EmptyConfig.INSTANCE) {
            return;
        }
        for (String name : node.keys()) {
            ConfigNode value = node.require(name);
            if (!HEADER.matcher(name).matches() || RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw value.error(
                        "the header '" + name + "' can't be declared; it is set by Nightshift or not allowed");
            }
            if (value.tree() instanceof Map) {
                secrets.put(name, SecretRef.of(value));
            } else {
                String text = value.text();
                if (!VALUE.matcher(text).matches() || Placeholders.in(text)) {
                    throw value.error("a header's value must be one line of plain text without placeholders");
                }
                headers.put(name, text);
            }
        }
    }

    private static HttpStateSpec state(ConfigNode node) {
        node.allowOnly(Set.of("path", "read", "timeout"));
        ConfigNode path = node.require("path");
        HttpCalls.checkPath(path, Placeholders.LOOK);
        Map<String, String> read = new LinkedHashMap<>();
        ConfigNode pointers = node.require("read").allowOnly(TELLS);
        pointers.require(HttpStateSpec.STATE_TOKEN);
        for (String told : pointers.keys()) {
            read.put(told, HttpCalls.pointer(pointers.require(told)));
        }
        return new HttpStateSpec(path.text(), read, Commands.timeout(node, DeclaredTargets.STATE_TIMEOUT));
    }
}
