package io.nightshift.investigate.llm.mcp;

import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import io.nightshift.investigate.look.ToolSettings;
import io.nightshift.runtime.config.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;

/**
 * An MCP server that is started by a declared command and spoken to over its standard input and output. It inherits none of
 * Nightshift's variables, so none of its secrets, but those that the operator named. It runs as the same user, and its lines
 * are read whole: unlike over HTTP their length has no bound.
 */
final class StdioServer {

    private static final Set<String> HARMLESS = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

    private StdioServer() {}

    static McpTransport of(ToolSettings settings, ExecutorService threads) {
        return StdioMcpTransport.builder()
                .command(command(settings, Secrets.namesInEnvironment()))
                .executorService(threads)
                .build();
    }

    /** The command behind an {@code env} that takes variables away; by their names, so no value shows in a list of processes. */
    static List<String> command(ToolSettings settings, Set<String> inherited) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
        for (String name : new TreeSet<>(inherited)) {
            if (!HARMLESS.contains(name) && !settings.environment().contains(name)) {
                command.add("-u");
                command.add(name);
            }
        }
        command.addAll(settings.command());
        return command;
    }
}
