using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProvableSec.Policy.Text;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Reports keys of <c>.editorconfig</c> and <c>.globalconfig</c> that begin as ours do and mean nothing: what was meant to be set is not.</summary>
internal static class UnknownSettings
{
    private const string Prefix = "provablesec";

    public static void Report(CompilationAnalysisContext context)
    {
        AnalyzerConfigOptionsProvider provider = context.Options.AnalyzerConfigOptionsProvider;
        var told = new HashSet<string>(PolicyOptions.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (AnalyzerConfigOptions options in context.Compilation.SyntaxTrees.Select(provider.GetOptions)
            .Concat(context.Options.AdditionalFiles.Select(provider.GetOptions)).Append(provider.GlobalOptions))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (string key in options.Keys)
            {
                if (key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && told.Add(key))
                {
                    string? nearest = Spelling.Nearest(key, PolicyOptions.Keys);
                    context.ReportDiagnostic(PolicyDiagnostic.OfSettings(
                        $"{Excerpt.Of(key)} in .editorconfig or .globalconfig is not a setting of provablesec and has no effect; "
                            + $"{(nearest is null ? $"expected {string.Join(", ", PolicyOptions.Keys)}" : $"did you mean {nearest}?")}",
                        Location.None,
                        DiagnosticSeverity.Warning));
                }
            }
        }
    }
}
