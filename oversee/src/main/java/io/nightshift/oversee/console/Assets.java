package io.nightshift.oversee.console;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page: a closed list of files from the class path. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String[] FILES = {
        "app.js",
        "api.js",
        "dom.js",
        "words.js",
        "plot.js",
        "graph.js",
        "incident.js",
        "why.js",
        "explain.js",
        "question.js",
        "summary.js",
        "decide.js",
        "overview.js",
        "console.css",
        "icon.svg"
    };

    private Assets() {}

    static void register(RoutesConfig routes) {
        serve(routes, "/", "index.html");
        serve(routes, "/login", "index.html");
        for (String file : FILES) {
            serve(routes, "/assets/" + file, file);
        }
    }

    private static void serve(RoutesConfig routes, String path, String file) {
        byte[] bytes = read(file);
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        routes.get(path, request -> request.contentType(type).result(bytes));
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the console's file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
