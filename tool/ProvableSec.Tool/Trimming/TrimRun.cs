using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;
using ProvableSec.Policy;
using ProvableSec.Tool.Input;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Trimming;

/// <summary>One run of <c>trim</c>.</summary>
internal sealed class TrimRun(CommandConsole console)
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string? RulesFile { get; init; }

    public required string? Output { get; init; }

    public required bool DryRun { get; init; }

    public required string? UnprocessedFile { get; init; }

    public required string? KeyFile { get; init; }

    public required TrimReport Report { get; init; }

    public required int Jobs { get; init; }

    public int Run()
    {
        if (CreateFilter() is not { } filter)
        {
            return ExitCodes.BadInput;
        }

        if (!filter.Rules.Redactions.IsEmpty && UnprocessedFile is null && !DryRun)
        {
            return Fail("these rules redact, and lines that are no record cannot be redacted: say with --unprocessed FILE where they go");
        }

        IReadOnlyList<TrimInput> inputs = TrimInput.Expand(Inputs, out int passedOver);
        bool intoFolder = Output is not null && (Inputs.Count > 1 || Directory.Exists(Inputs[0]) || Directory.Exists(Output));
        if (inputs.GroupBy(input => input.Relative, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } clash && intoFolder)
        {
            return Fail($"{string.Join(" and ", clash.Select(input => input.Path))} would be written to the same file");
        }

        int code = ExitCodes.Success;
        using var progress = new Progress(console, "records");
        var pipeline = new BlockPipeline(filter, Jobs, records => progress.Add((int)records));
        using AtomicFile? unprocessedFile = UnprocessedFile is null || DryRun ? null : new AtomicFile(UnprocessedFile);
        LineOutput? unprocessed = unprocessedFile is null ? null : new LineOutput(unprocessedFile.Stream);
        var standardOutput = new LineOutput(DryRun ? Stream.Null : console.Records);
        foreach (TrimInput input in inputs)
        {
            string? target = Output is null || DryRun ? null : intoFolder ? Path.Combine(Output, input.Relative == InputFile.StandardInputName ? "stdin.ndjson" : input.Relative) : Output;
            string? problem = target is not null && Path.GetFullPath(target) == Path.GetFullPath(input.Path)
                ? $"{input.Path} would be overwritten by its own output"
                : Trim(input, target, pipeline, standardOutput, unprocessed);
            if (problem is not null)
            {
                progress.Clear();
                code = Fail(problem);
            }
        }

        unprocessedFile?.Commit();
        progress.Clear();
        if (passedOver > 0)
        {
            console.Error.WriteLine($"{passedOver} files that are not called logs are passed over");
        }

        Report.Write(pipeline.Counts, DryRun ? console.OutputText : console.Error);
        return code;
    }

    private LogFilter? CreateFilter()
    {
        LogRules? rules = RulesFile is null ? LogRules.Default : LogRulesFile.TryRead(RulesFile, console);
        if (rules is null)
        {
            return null;
        }

        byte[] key = [];
        if (KeyFile is not null)
        {
            if (RedactionKeyFile.TryRead(KeyFile, console) is not { } bytes)
            {
                return null;
            }

            key = bytes;
        }

        if (rules.NeedsKey && key.Length == 0)
        {
            Fail("these rules redact by HMAC: give the key with --hmac-key FILE");
            return null;
        }

        return new LogFilter(rules, key);
    }

    /// <summary>Filters one input.</summary>
    /// <returns>Why it could not be; null when it was.</returns>
    private string? Trim(TrimInput input, string? target, BlockPipeline pipeline, LineOutput standardOutput, LineOutput? unprocessed)
    {
        bool standardInput = input.Path == InputFile.StandardInputName;
        PolicyProblem? problem = null;
        Stream? opened = standardInput ? console.Input : InputFile.TryOpen(input.Path, input.Path, out problem);
        if (opened is null)
        {
            return ProblemText.Of(problem!);
        }

        try
        {
            using Stream source = TrimInput.IsCompressed(input.Path) ? new GzipInput(opened) : opened;
            using AtomicFile? file = target is null ? null : new AtomicFile(target);
            pipeline.Run(source, file is null ? standardOutput : new LineOutput(file.Stream), unprocessed);
            file?.Commit();
            return null;
        }
        catch (InvalidDataException e)
        {
            return Printable.Clean($"{input.Path} is no gzip file, or only a part of one: {e.Message}");
        }
        catch (Exception e) when (target is not null && e is IOException or UnauthorizedAccessException)
        {
            return Printable.Clean($"{input.Path}: {e.Message}");
        }
        finally
        {
            standardOutput.EndLine();
            unprocessed?.EndLine();
        }
    }

    private int Fail(string problem)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return ExitCodes.BadInput;
    }
}
