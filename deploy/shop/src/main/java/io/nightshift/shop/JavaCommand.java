package io.nightshift.shop;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command line of one of the shop's processes: small, single-core, quick to start. */
public final class JavaCommand {
    /** One class out of each library that the processes need; where it was loaded from is where they find it. */
    private static final List<String> NEEDED = List.of(
            "io.nightshift.shop.ShopService",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "io.opentelemetry.api.OpenTelemetry",
            "io.opentelemetry.context.Context",
            "io.opentelemetry.common.ComponentLoader",
            "io.opentelemetry.sdk.OpenTelemetrySdk",
            "io.opentelemetry.sdk.common.CompletableResultCode",
            "io.opentelemetry.sdk.trace.SdkTracerProvider",
            "io.opentelemetry.sdk.metrics.SdkMeterProvider",
            "io.opentelemetry.sdk.logs.SdkLoggerProvider",
            "io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties",
            "io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter",
            "io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler",
            "io.opentelemetry.exporter.internal.http.HttpSender",
            "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider");

    private JavaCommand() {}

    public static List<String> of(Path java, int heapMegabytes, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                // a small young generation: most of the heap is what survives, and that is what a leak fills
                "-Xmn" + Math.max(4, heapMegabytes / 6) + "m",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=1",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xshare:auto",
                // the door answers small replies; with Nagle's algorithm each would wait 40 ms
                "-Dsun.net.httpserver.nodelay=true",
                // an exporter without a receiver complains each second; one line is enough
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %5$s%n",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The jars and folders that the shop's processes need, out of the perhaps much longer path of this one. */
    static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (String name : NEEDED) {
            try {
                var source = Class.forName(name, false, JavaCommand.class.getClassLoader())
                        .getProtectionDomain()
                        .getCodeSource();
                places.add(Path.of(source.getLocation().toURI()).toString());
            } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
                throw new IllegalStateException("the shop cannot run without " + name, e);
            }
        }
        return String.join(File.pathSeparator, places);
    }
}
