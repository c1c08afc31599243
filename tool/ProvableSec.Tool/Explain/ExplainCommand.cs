using System.CommandLine;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Explain;

/// <summary><c>explain RULE</c>: the page of a rule, offline; and <c>explain --coverage</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var rule = new Argument<string?>("RULE") { Description = "The id of a rule, or an IAM Access Analyzer code", Arity = ArgumentArity.ZeroOrOne };
        var coverage = new Option<bool>("--coverage")
        {
            Description = "Show which phases of the kill chain the rules cover, together with a log filter and findings"
        };
        var ignore = new Option<string[]>("--ignore") { Description = "With --coverage: a rule that you do not use. May repeat", HelpName = "RULE" };
        var filter = new Option<string?>("--filter")
        {
            Description = "With --coverage: the rules of a log filter; what the filter keeps is proved",
            HelpName = "FILE"
        };
        var findings = new Option<string[]>("--findings")
        {
            Description = "With --coverage: JSON or SARIF output of check or scan. May repeat",
            HelpName = "FILE"
        };
        var format = new Option<string>("--format", "-f") { Description = "With --coverage: output format", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        rule.CompletionSources.Add(_ => RuleCatalogue.All.Select(known => new System.CommandLine.Completions.CompletionItem(known.Id)));
        var command = new ExampleCommand("explain", "Prints the page of a rule, or what the rules cover", "provablesec explain PSEC2102",
            "provablesec explain PASS_ROLE_WITH_STAR_IN_RESOURCE",
            "provablesec explain --coverage --filter rules.json --findings scan.json") { rule, coverage, ignore, filter, findings, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(coverage) == result.GetValue(rule) is not null)
            {
                result.AddError("Name a rule, or ask for --coverage.");
            }
            else if (!result.GetValue(coverage) && (result.GetValue(filter) is not null || result.GetValue(findings) is { Length: > 0 }
                || result.GetValue(ignore) is { Length: > 0 } || result.GetResult(format) is { Implicit: false }))
            {
                result.AddError("--ignore, --filter, --findings and --format go with --coverage.");
            }

            foreach (string name in (result.GetValue(ignore) ?? []).Where(name => !RuleCatalogue.All.Any(known => known.IsCalled(name))))
            {
                result.AddError($"--ignore {name}: there is no such rule.");
            }
        });
        command.SetAction(result =>
        {
            if (result.GetValue(coverage))
            {
                return new CoverageRun(console).Run(result.GetValue(ignore) ?? [], result.GetValue(filter), result.GetValue(findings) ?? [],
                    result.GetValue(format) == "json");
            }

            string name = result.GetValue(rule)!.Trim();
            Rule? found = RuleCatalogue.All.FirstOrDefault(known => known.Id.Equals(name, StringComparison.OrdinalIgnoreCase)
                || name.Equals(known.AccessAnalyzer, StringComparison.OrdinalIgnoreCase));
            if (found is null)
            {
                string? nearest = Spelling.Nearest(name,
                    RuleCatalogue.All.Select(known => known.Id).Concat(RuleCatalogue.All.Select(known => known.AccessAnalyzer ?? "")));
                console.Error.WriteLine(
                    Printable.Clean($"provablesec: there is no rule '{name}'.{(string.IsNullOrEmpty(nearest) ? "" : $" Did you mean {nearest}?")}"));
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
