using System.CommandLine;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Explain;

/// <summary><c>explain RULE</c>: the page of a rule, offline.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var rule = new Argument<string>("RULE") { Description = "The id of a rule, or a code of IAM Access Analyzer" };
        rule.CompletionSources.Add(_ => RuleCatalogue.All.Select(known => new System.CommandLine.Completions.CompletionItem(known.Id)));
        var command = new ExampleCommand("explain", "Prints the page of a rule", "provablesec explain PSEC2102", "provablesec explain PASS_ROLE_WITH_STAR_IN_RESOURCE") { rule };
        command.SetAction(result =>
        {
            string name = result.GetValue(rule)!.Trim();
            Rule? found = RuleCatalogue.All.FirstOrDefault(known => known.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || name.Equals(known.AccessAnalyzer, StringComparison.OrdinalIgnoreCase));
            if (found is null)
            {
                string? nearest = Spelling.Nearest(name, RuleCatalogue.All.Select(known => known.Id).Concat(RuleCatalogue.All.Select(known => known.AccessAnalyzer ?? "")));
                console.Error.WriteLine(Printable.Clean($"provablesec: there is no rule '{name}'.{(string.IsNullOrEmpty(nearest) ? "" : $" Did you mean {nearest}?")}"));
                return ExitCodes.BadInput;
            }

            using Stream page = typeof(ExplainCommand).Assembly.GetManifestResourceStream("rules/" + found.Id)!;
            using var reader = new StreamReader(page);
            console.OutputText.Write(reader.ReadToEnd());
            return ExitCodes.Success;
        });
        return command;
    }
}
