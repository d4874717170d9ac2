package io.nightshift.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A suite over a folder of data. Exit status 0 when it was scored, 2 when the folder is not what the suite reads. */
public abstract class Suite implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of the data, laid out as published.")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * Scores the folder; progress goes to standard error.
     *
     * @throws DataException naming file, line and remedy when the data are not as they should be
     */
    protected abstract Figures score(Path folder) throws IOException;

    @Override
    public final Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandLine.ParameterException(spec.commandLine(), folder + " is not a folder");
        }
        try {
            score(folder).print(System.out, json);
            return 0;
        } catch (DataException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
