package io.nightshift.shop.service;

/** What a request got: an HTTP status and a JSON body. */
public record Reply(int status, String body) {
    static Reply ok(String json) {
        return new Reply(200, json);
    }

    static Reply error(int status, String reason) {
        return new Reply(status, "{\"error\":\"" + reason.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }

    boolean isSuccess() {
        return status < 400;
    }
}
