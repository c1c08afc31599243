using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Trim;

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

    /// <summary>Whether each input has its own file in a folder.</summary>
    private bool IsIntoFolder => Output is not null && (Inputs.Count > 1 || Directory.Exists(Inputs[0]) || Directory.Exists(Output)
        || Path.EndsInDirectorySeparator(Output));

    public int Run()
    {
        if (TrimFilter.TryCreate(RulesFile, KeyFile, console) is not { } filter)
        {
            return ExitCodes.BadInput;
        }

        if (!filter.Rules.Redactions.IsEmpty && UnprocessedFile is null && !DryRun)
        {
            return Fail("these rules redact, and lines that are not records cannot be redacted: say with --unprocessed FILE where they go");
        }

        IReadOnlyList<TrimInput> inputs = TrimFolder.Expand(Inputs, out int skipped, out IReadOnlyList<string> unreadable);
        string?[] targets = [.. inputs.Select(TargetOf)];
        if (Conflict(inputs, targets) is { } conflict)
        {
            return Fail(conflict);
        }

        int code = ExitCodes.Success;
        TrimWriter written;
        OutputFile? unprocessed = null;
        try
        {
            unprocessed = UnprocessedFile is null || DryRun ? null : new OutputFile(UnprocessedFile, isPrivate: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{UnprocessedFile} cannot be written: {e.Message}");
        }

        using (unprocessed)
        {
            written = new TrimWriter(filter, unprocessed?.Stream, UnprocessedFile, console);
            code = written.Run(inputs, targets, DryRun, IsIntoFolder, Jobs);
            try
            {
                unprocessed?.Commit();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                code = Fail($"{UnprocessedFile} cannot be written: {e.Message}");
            }
        }

        if (written.IsClosed)
        {
            // Whoever reads the output has seen enough; nothing needs saying.
            return code;
        }

        foreach (string problem in unreadable)
        {
            code = Fail(problem);
        }

        if (inputs.Count == 0 && skipped == 0 && unreadable.Count == 0)
        {
            console.Error.WriteLine($"there are no files in {string.Join(", ", Inputs.Select(Printable.Clean))}");
        }

        if (skipped > 0)
        {
            console.Error.WriteLine(skipped == 1 ? "1 file was skipped that does not look like a log"
                : $"{skipped} files were skipped that do not look like logs");
        }

        try
        {
            Report.Write(written.Counts, DryRun ? console.OutputText : console.Error);
            console.Flush();
        }
        catch (IOException e) when (DryRun && console.IsClosedPipe(e))
        {
            // As where records go into a pipe: nothing is lost, and nobody wants to know.
            console.AbandonOutput();
        }

        return code;
    }

    private string? TargetOf(TrimInput input) => Output is null || DryRun ? null : IsIntoFolder ? Path.Combine(Output, input.Relative) : Output;

    /// <summary>Which file would be lost; null when none would.</summary>
    private string? Conflict(IReadOnlyList<TrimInput> inputs, string?[] targets)
    {
        if (inputs.Count(input => input.IsStandardInput) > 1)
        {
            return "standard input is named twice; it can be read once";
        }

        if (DryRun)
        {
            return null;
        }

        var paths = new TrimPaths();
        foreach (TrimInput input in inputs)
        {
            paths.AddRead(input.IsStandardInput ? FileIdentity.OfStandardInput() : FileIdentity.Of(input.Path),
                input.IsStandardInput ? input.Name : $"the input {input.Path}");
        }

        foreach ((string? file, string name) in new[] { (RulesFile, "the rules"), (KeyFile, "the key") })
        {
            if (file is not null)
            {
                paths.AddRead(FileIdentity.Of(file), $"{name} {file}");
            }
        }

        var written = targets.Select(target => target is null ? null : $"the output {target}")
            .Zip(targets, (name, target) => (Name: name, Path: target)).Where(target => target.Path is not null)
            .Append((Name: $"the file for what is not a record, {UnprocessedFile}", Path: UnprocessedFile));
        if (Output is null && paths.AddWritten(FileIdentity.OfStandardOutput(), "standard output") is { } problem)
        {
            return problem;
        }

        return written.Where(target => target.Path is not null).Select(target => paths.AddWritten(FileIdentity.Of(target.Path!), target.Name!))
            .FirstOrDefault(found => found is not null);
    }

    private int Fail(string problem)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return ExitCodes.BadInput;
    }
}
