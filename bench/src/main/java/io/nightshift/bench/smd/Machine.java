package io.nightshift.bench.smd;

import io.nightshift.bench.DataException;
import io.nightshift.bench.noise.SeriesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine's metrics: a part without labels, and the labelled part that follows it.
 *
 * @param series by metric, both parts one after the other
 * @param labels of the second part's points
 */
record Machine(String name, double[][] series, boolean[] labels) {

    private static final long MINUTE_MICROS = 60_000_000;

    /** Index of the first labelled point. */
    int labelledFrom() {
        return series[0].length - labels.length;
    }

    int points() {
        return series[0].length;
    }

    /**
     * All machines below a folder: {@code NAME_train.csv}, {@code NAME_test.csv} and {@code NAME_test_label.csv} in one folder,
     * gzipped or not; or as OmniAnomaly publishes the Server Machine Dataset, {@code train/NAME.txt}, {@code test/NAME.txt}
     * and {@code test_label/NAME.txt}.
     */
    static List<Machine> under(Path folder) throws IOException {
        List<Path> trains;
        try (Stream<Path> files = Files.walk(folder)) {
            trains = files.filter(Files::isRegularFile)
                    .filter(Machine::isTrain)
                    .sorted()
                    .toList();
        }
        if (trains.isEmpty()) {
            throw new DataException(folder, "holds no NAME_train.csv, NAME_train.csv.gz or train/NAME.txt");
        }
        List<Machine> machines = new ArrayList<>();
        for (Path train : trains) {
            machines.add(read(train));
        }
        return machines;
    }

    private static boolean isTrain(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("_train.csv")
                || name.endsWith("_train.csv.gz")
                || (name.endsWith(".txt") && file.getParent().endsWith("train"));
    }

    private static Machine read(Path train) throws IOException {
        String file = train.getFileName().toString();
        if (file.endsWith(".txt")) {
            Path all = train.getParent().getParent();
            return read(
                    file.substring(0, file.length() - ".txt".length()),
                    train,
                    all.resolve("test").resolve(file),
                    all.resolve("test_label").resolve(file));
        }
        int end = file.lastIndexOf("_train.csv");
        String name = file.substring(0, end);
        String suffix = file.substring(end + "_train".length());
        return read(
                name,
                train,
                train.resolveSibling(name + "_test" + suffix),
                train.resolveSibling(name + "_test_label" + suffix));
    }

    private static Machine read(String name, Path trainFile, Path testFile, Path labelFile) throws IOException {
        double[][] train = matrix(trainFile);
        double[][] test = matrix(testFile);
        double[] label = matrix(labelFile)[0];
        if (train.length != test.length) {
            throw new DataException(testFile, "has " + test.length + " columns and its train part " + train.length);
        }
        if (label.length != test[0].length) {
            throw new DataException(labelFile, "has " + label.length + " rows for " + test[0].length + " points");
        }
        double[][] series = new double[train.length][];
        for (int metric = 0; metric < series.length; metric++) {
            series[metric] = new double[train[metric].length + test[metric].length];
            System.arraycopy(train[metric], 0, series[metric], 0, train[metric].length);
            System.arraycopy(test[metric], 0, series[metric], train[metric].length, test[metric].length);
        }
        boolean[] labels = new boolean[label.length];
        boolean any = false;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label[i] > 0;
            any |= labels[i];
        }
        if (!any) {
            throw new DataException(labelFile, "labels nothing: there is nothing to find");
        }
        return new Machine(name, series, labels);
    }

    private static double[][] matrix(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "is missing");
        }
        Optional<SeriesFile> read = SeriesFile.read(file, MINUTE_MICROS);
        return read.orElseThrow(() -> new DataException(file, "is to be a matrix of numbers without a heading"))
                .series();
    }
}
