using System.Runtime.ExceptionServices;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Filtering;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Trim;

/// <summary>Filters inputs into their outputs: several at a time where each has its own, else one after the other.</summary>
/// <param name="filter">The filter.</param>
/// <param name="unprocessed">Receives what is not a record; null to keep it among the others.</param>
/// <param name="unprocessedName">What that is called.</param>
/// <param name="console">Where records go that go nowhere else, and messages.</param>
internal sealed class TrimWriter(LogFilter filter, Stream? unprocessed, string? unprocessedName, CommandConsole console)
{
    private readonly SessionPool sessions = new(filter);
    private readonly Progress progress = new(console, "records");
    private readonly LineOutput? unprocessedLines = unprocessed is null ? null : new LineOutput(unprocessed, unprocessedName);

    /// <summary>What has been written, and dropped.</summary>
    public FilterCounts Counts { get; } = new(filter.Rules);

    /// <summary>Whether nobody reads the standard output any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Filters inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">Their outputs; null for standard output.</param>
    /// <param name="dryRun">Whether nothing is written.</param>
    /// <param name="asTheyWere">Whether outputs are compressed as their inputs are; else as their names say.</param>
    /// <param name="jobs">How much is done at a time.</param>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<TrimInput> inputs, string?[] targets, bool dryRun, bool asTheyWere, int jobs)
    {
        using (progress)
        {
            var standardOutput = new LineOutput(dryRun ? Stream.Null : console.Records, null);
            int workers = dryRun || asTheyWere ? Math.Clamp(inputs.Count, 1, jobs) : 1;
            int code = ExitCodes.Success;
            var done = new TrimResult?[inputs.Count];
            int written = 0;
            void WriteDone()
            {
                // In the order of the inputs, whichever is done first.
                for (; written < done.Length && done[written] is { } result; written++)
                {
                    code = ExitCodes.Combine(code, Write(result));
                }
            }

            TrimResult One(int index) => Trim(inputs[index], targets[index], standardOutput, asTheyWere, Math.Max(1, jobs / workers));
            if (workers == 1)
            {
                for (int i = 0; i < inputs.Count && !IsClosed; i++)
                {
                    done[i] = One(i);
                    WriteDone();
                }

                return code;
            }

            // The largest first: the last one is done by one worker alone.
            var queue = new Queue<int>(Enumerable.Range(0, inputs.Count).OrderByDescending(i => LengthOf(inputs[i])));
            try
            {
                Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, (_, state) =>
                {
                    while (!state.IsExceptional)
                    {
                        int next;
                        lock (done)
                        {
                            if (!queue.TryDequeue(out next))
                            {
                                return;
                            }
                        }

                        TrimResult result = One(next);
                        lock (done)
                        {
                            done[next] = result;
                            WriteDone();
                        }
                    }
                });
            }
            catch (AggregateException e)
            {
                ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }

            return code;
        }
    }

    /// <summary>Writes what waited for its turn, and says what is wrong.</summary>
    private int Write(TrimResult result)
    {
        if (result.Counts is not null)
        {
            Counts.Add(result.Counts);
        }

        string? problem = result.Problem;
        using (result.Unprocessed)
        {
            try
            {
                result.Unprocessed?.MoveTo(unprocessedLines!);
            }
            catch (OutputFailure e)
            {
                problem ??= $"{e.Name} cannot be written: {e.Message}";
            }
        }

        if (problem is null)
        {
            return ExitCodes.Success;
        }

        progress.Clear();
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return ExitCodes.BadInput;
    }

    /// <summary>Filters one input.</summary>
    private TrimResult Trim(TrimInput input, string? target, LineOutput standardOutput, bool asItWas, int jobs)
    {
        var pipeline = new BlockPipeline(sessions, jobs, Progressed);
        Spool? apart = unprocessed is null ? null : new Spool(SpoolFolder());
        string? problem = null;
        try
        {
            problem = Trim(input, target, pipeline, standardOutput, apart, asItWas);
        }
        catch (OutputFailure e) when (e.Name is null && console.IsClosedPipe((Exception)e.InnerException!))
        {
            IsClosed = true;
            console.AbandonOutput();
        }
        catch (OutputFailure e) when (e.Name is null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }
        catch (OutputFailure e)
        {
            problem = $"{e.Name} cannot be written: {e.Message}";
        }

        if (problem is not null && target is not null)
        {
            // Nothing of it has been written, and nothing of it is counted.
            apart?.Dispose();
            return new TrimResult(null, problem, null);
        }

        return new TrimResult(pipeline.Counts, problem, apart);
    }

    private string? Trim(TrimInput input, string? target, BlockPipeline pipeline, LineOutput standardOutput, Spool? apart, bool asItWas)
    {
        PolicyProblem? problem = null;
        Stream? opened = input.IsStandardInput ? console.Input : InputFile.TryOpen(input.Path, input.Path, out problem);
        if (opened is null)
        {
            return ProblemText.Of(problem!);
        }

        LogCompression compression = LogCompression.None;
        try
        {
            using var source = new HeadedStream(opened, FileSignature.Length);
            if (LogFormat.Problem(source.Head, input.Path) is { } unreadable)
            {
                return $"{input.Name} {unreadable}";
            }

            compression = LogFormat.CompressionOf(source.Head);
            using Stream records = LogFormat.Decompressed(source, compression);
            using OutputFile? file = target is null ? null : Create(target);
            LineOutput? lines = apart is null ? null : new LineOutput(apart, unprocessedName);
            if (file is null)
            {
                Run(pipeline, records, standardOutput, lines, input);
                return null;
            }

            Stream content = LogFormat.Compressed(file.Stream, asItWas ? compression : LogFormat.CompressionOf(target!));
            try
            {
                Run(pipeline, records, new LineOutput(content, target), lines, input);
            }
            finally
            {
                Finish(target!, content.Dispose);
            }

            Finish(target!, file.Commit);
            return null;
        }
        catch (InvalidDataException e)
        {
            return $"{input.Name}: {Explanation(input, compression) ?? e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{input.Name} cannot be read: {e.Message}";
        }
    }

    private static void Run(BlockPipeline pipeline, Stream records, LineOutput output, LineOutput? unprocessed, TrimInput input)
    {
        try
        {
            pipeline.Run(records, output, unprocessed, input.IsStandardInput);
        }
        finally
        {
            output.EndLine();
            unprocessed?.EndLine();
        }
    }

    private static OutputFile Create(string target)
    {
        OutputFile? file = null;
        Finish(target, () => file = new OutputFile(target));
        return file!;
    }

    private static void Finish(string target, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputFailure(target, e);
        }
    }

    /// <summary>What is wrong with a gzip file that could not be read; null when nobody knows.</summary>
    private static string? Explanation(TrimInput input, LogCompression compression)
    {
        if (compression != LogCompression.Gzip || input.IsStandardInput)
        {
            return null;
        }

        using Stream? file = InputFile.TryOpen(input.Path, input.Path, out _);
        return file is { CanSeek: true } ? GzipDiagnosis.Find(file) : null;
    }

    private static long LengthOf(TrimInput input)
    {
        var file = new FileInfo(input.Path);
        return file.Exists ? file.Length : long.MaxValue;
    }

    private string SpoolFolder() =>
        FileIdentity.Of(unprocessedName!).Kind is FileKind.File or FileKind.Missing
            ? Path.GetDirectoryName(Path.GetFullPath(FileIdentity.Resolved(unprocessedName!)))! : Path.GetTempPath();

    private void Progressed(long records)
    {
        lock (progress)
        {
            progress.Add((int)records);
        }
    }
}
