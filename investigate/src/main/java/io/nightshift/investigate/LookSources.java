package io.nightshift.investigate;

import io.nightshift.investigate.llm.mcp.McpServer;
import io.nightshift.investigate.look.HttpSources;
import io.nightshift.investigate.look.LookSource;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.look.ToolSettings;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Everything that may be looked at, as the operator listed it; a part of the stage, so that it ends with it. */
public final class LookSources implements Stage {

    private final List<LookSource> sources;
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);

    private LookSources(List<LookSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Nothing is connected to before it is looked at. */
    public static LookSources of(List<ToolSettings> settings, Clock clock) {
        return new LookSources(settings.stream()
                .map(tool -> tool.kind() == ToolSettings.Kind.MCP ? new McpServer(tool) : HttpSources.of(tool, clock))
                .toList());
    }

    public LookSources and(LookSource further) {
        List<LookSource> all = new ArrayList<>(sources);
        all.add(0, further);
        return new LookSources(all);
    }

    public List<LookSource> sources() {
        return sources;
    }

    /** The tools of all of them; their names are unique. */
    public List<LookTool> tools() {
        return sources.stream().flatMap(source -> source.tools().stream()).toList();
    }

    @Override
    public String name() {
        return "investigate-tools";
    }

    @Override
    public void start() {
        health = StageHealth.of(StageHealth.State.RUNNING);
    }

    @Override
    public StageHealth health() {
        return health;
    }

    @Override
    public void close() {
        sources.forEach(LookSource::close);
        health = StageHealth.of(StageHealth.State.STOPPED);
    }
}
