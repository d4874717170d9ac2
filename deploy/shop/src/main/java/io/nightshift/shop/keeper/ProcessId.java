package io.nightshift.shop.keeper;

/**
 * One process of one instance. Pid and start time together are its state token: a pid alone may be used again.
 *
 * @param startedAt ISO 8601, as the operating system tells it
 */
public record ProcessId(String instance, long pid, String startedAt) {
    static ProcessId of(String instance, ProcessHandle process) {
        return new ProcessId(
                instance,
                process.pid(),
                process.info().startInstant().map(Object::toString).orElse(""));
    }

    public String stateToken() {
        return pid + "@" + startedAt;
    }
}
