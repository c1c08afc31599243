using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>The page of a rule about policies, with the documents that trigger it and the message they get.</summary>
internal static class PolicyRulePage
{
    public static string Of(Rule rule, string head)
    {
        (PolicyCase[] triggers, PolicyCase[] nearMisses) = PolicyCase.Of(rule);
        var page = new StringBuilder(head);
        page.Append("\n## What is found\n");
        foreach (PolicyCase document in triggers)
        {
            PolicyFinding finding = document.Findings().Single(finding => finding.Rule == rule);
            page.Append($"\n{Kind(document)}\n\n```json\n{document.Shown}\n```\n\n`{(finding.Pointer.Length > 0 ? finding.Pointer : "/")}`: {finding.Message}\n");
        }

        if (triggers.Any(document => document.Findings().Any(finding => finding.Rule == rule && finding.Witness is not null)))
        {
            page.Append("\nThe prover found the request, and the evaluator, which shares no code with it, confirmed it. No finding is not a proof: what the prover does not decide\nwithin its small budget here is not reported; `provablesec prove` gives verdicts.\n");
        }

        page.Append("\n## What is not\n");
        foreach (PolicyCase document in nearMisses)
        {
            page.Append($"\n{Kind(document)}\n\n```json\n{document.Shown}\n```\n");
        }

        if (triggers.SelectMany(document => Rewrites(document, rule)).FirstOrDefault() is { } rewrite)
        {
            page.Append($"\n## How it is fixed\n\n`provablesec check --fix` and the editor: {rewrite.Description}.{(rewrite.IsSafe ? "" : " The command leaves it to you.")} What a rewrite does to the policy is proved\nfor each policy; where it is not decided, none is proposed.\n");
        }

        page.Append("\n## How to suppress it\n\n");
        page.Append($"`provablesec check --ignore {rule.Id}`, or a line in the file that `--waivers` names: the rule, the file, the reason and the day it ends.\n"
            + $"In C#, `#pragma warning disable {rule.Id}` around the text; for files beside the code `dotnet_diagnostic.{rule.Id}.severity = none` in a `.globalconfig`.\n");
        return page.ToString();
    }

    private static IReadOnlyList<PolicyRewrite> Rewrites(PolicyCase document, Rule rule) =>
        PolicyRewrites.Of(new DocumentText(document.Text), document.Context, document.Findings().First(finding => finding.Rule == rule));

    private static string Kind(PolicyCase document)
    {
        string kind = document.Type switch
        {
            "identity" when document.ForUser => "A policy of a user",
            "identity" => "An identity policy",
            "resource" => $"A policy of {document.ResourceType}",
            "trust" => "A trust policy",
            "scp" => "A service control policy",
            "rcp" => "A resource control policy",
            "boundary" => "A permissions boundary",
            "session" => "A session policy",
            _ => "An endpoint policy",
        };
        return kind + (document.UnusedServices is { } unused ? $", with `--last-accessed`, where {string.Join(", ", unused)} was not used" : "")
            + (document.ScpDialect is null ? "" : ", with `--scp-dialect 2019`")
            + (document.Text == document.Shown ? ":" : " (`<N>` stands for N characters):");
    }
}
