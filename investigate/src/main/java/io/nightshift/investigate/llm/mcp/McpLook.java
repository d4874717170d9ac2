package io.nightshift.investigate.llm.mcp;

import io.nightshift.investigate.look.Arguments;
import io.nightshift.investigate.look.Lines;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.look.ToolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One tool of an MCP server, called only while the server marks it read-only. */
final class McpLook implements LookTool {

    /** How long what a server said of its tool is shown without asking again; before a call it is always asked again. */
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final McpServer server;
    private final String tool;
    private final ToolSettings settings;
    private Optional<ToolShape> shown = Optional.empty();
    private Long askedAt;

    McpLook(McpServer server, String tool, ToolSettings settings) {
        this.server = server;
        this.tool = tool;
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.nameOf(tool);
    }

    @Override
    public String description() {
        String own =
                "The tool " + tool + " of the server " + settings.name() + ", which the operator lists as read-only";
        return shape().map(ToolShape::said)
                .map(said -> said.isEmpty() ? own : own + "; the server says of it " + said)
                .orElse(own + "; it can't be used at present");
    }

    @Override
    public List<Parameter> parameters() {
        return shape().map(ToolShape::parameters).orElse(List.of());
    }

    /** Empty, also for a while after a failure, when the tool can't or may not be used: a look then tells why. */
    private synchronized Optional<ToolShape> shape() {
        if (askedAt == null || System.nanoTime() - askedAt > FRESH_NANOS) {
            try {
                shown = Optional.of(server.shape(tool, settings.limits().timeout()));
            } catch (LookException e) {
                shown = Optional.empty();
            }
            askedAt = System.nanoTime();
        }
        return shown;
    }

    @Override
    public Seen look(Map<String, String> arguments, Duration timeLeft) throws LookException {
        if (timeLeft.isNegative() || timeLeft.isZero()) {
            throw new LookException("no time is left for " + name() + "; answer with what was seen");
        }
        long begin = System.nanoTime();
        ToolShape shape = server.shape(tool, timeLeft);
        String json = shape.json(Arguments.of(shape.parameters(), arguments));
        Lines lines = new Lines(settings.limits().maxLines());
        lines.addEach(server.call(tool, json, timeLeft.minusNanos(System.nanoTime() - begin)));
        return lines.seen();
    }
}
