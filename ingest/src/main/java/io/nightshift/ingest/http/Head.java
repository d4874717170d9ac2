package io.nightshift.ingest.http;

import java.util.Locale;
import java.util.Map;

/**
 * The head of a request.
 *
 * @param headers by lower-case name
 */
public record Head(Map<String, String> headers) {

    /** The value, or an empty text. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** The media type in lower case without its parameters, such as {@code application/json}; empty when absent. */
    public String mediaType() {
        String type = header("content-type");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
