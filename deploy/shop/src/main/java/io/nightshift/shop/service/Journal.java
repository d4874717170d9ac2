package io.nightshift.shop.service;

import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import java.time.Instant;

/** What a service says: to OpenTelemetry's log SDK, with the trace it happened in, and to its log file. */
final class Journal {
    private final Logger logger;

    Journal(Logger logger) {
        this.logger = logger;
    }

    void info(String text) {
        write(Severity.INFO, text, null);
    }

    void warn(String text) {
        write(Severity.WARN, text, null);
    }

    void error(String text, Throwable cause) {
        write(Severity.ERROR, text, cause);
    }

    private void write(Severity severity, String text, Throwable cause) {
        var entry = logger.logRecordBuilder()
                .setSeverity(severity)
                .setSeverityText(severity.name())
                .setBody(text);
        if (cause != null) {
            entry.setAttribute(Semantic.EXCEPTION_TYPE, cause.getClass().getName());
            entry.setAttribute(Semantic.EXCEPTION_MESSAGE, String.valueOf(cause.getMessage()));
        }
        entry.emit();
        System.out.println(Instant.now() + " " + severity + " " + text + (cause == null ? "" : ": " + cause));
    }
}
