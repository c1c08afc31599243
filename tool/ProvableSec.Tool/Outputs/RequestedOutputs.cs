using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Outputs;

/// <summary>What a command line wants written where.</summary>
/// <param name="Format">The format of standard output.</param>
/// <param name="Files">The files beside it, each with its format.</param>
internal sealed record RequestedOutputs(string Format, IReadOnlyList<(string Format, string File)> Files)
{
    /// <summary>All formats.</summary>
    public IEnumerable<string> Formats => Files.Select(file => file.Format).Prepend(Format);

    /// <summary>The reports that are written there.</summary>
    /// <typeparam name="TResult">What they report.</typeparam>
    /// <param name="create">Makes the report of a format.</param>
    public ReportOutputs<TResult> With<TResult>(Func<string, IReport<TResult>> create) =>
        new(create(Format), [.. Files.Select(file => (file.File, create(file.Format)))]);
}
