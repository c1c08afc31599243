using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Testing.Sources;

/// <summary>Reads policies for tests: of what is broken nothing can be claimed, so that it is an exception with the place.</summary>
internal static class PolicyReading
{
    /// <summary>A text that is a policy.</summary>
    public static PolicyDocument Read(DocumentText source, PolicyType? type = null)
    {
        PolicyDocument document = PolicyReader.Read(source);
        if (document.HasErrors)
        {
            DocumentKind kind = PolicyDocuments.KindOf(JsonTreeReader.Read(source).Root);
            throw new PolicySourceException(kind switch
            {
                DocumentKind.Template => $"{source.Name} is a CloudFormation template, not a policy; read it with Policies.FromTemplate",
                DocumentKind.AccountDump => $"{source.Name} is an account dump, not a policy; read it with Policies.FromAccountDump",
                DocumentKind.TerraformPlan => $"{source.Name} is a Terraform plan, not a policy; read it with Policies.FromTerraformPlan",
                _ => $"the policy has errors, so that nothing can be claimed of it: {FirstError(document)}",
            });
        }

        return LoadedPolicy.Remember(document, new LoadedPolicy
        {
            AtLeast = document,
            Check = () => (source, PolicyChecks.Check(source, new PolicyContext(type ?? PolicyTypeInference.Infer(document).Type))),
        });
    }

    /// <summary>A policy of a template or plan, with the places of the file.</summary>
    /// <param name="found">The policy.</param>
    /// <param name="text">Its text: of a template with conditions, under some of them.</param>
    /// <param name="whole">The template or plan.</param>
    /// <param name="problem">Why nothing can be claimed of it.</param>
    public static PolicyDocument? Read(FoundPolicy found, MappedText text, DocumentText whole, out string? problem)
    {
        PolicyDocument read = PolicyReader.Read(new DocumentText(text.Text));

        // An action or resource of which a piece is not known may look like none; what it can be is bounded below.
        read = new PolicyDocument(read.Source, read.Version, read.NamesVersion, read.Id, read.Statements,
            read.Problems.Where(p => !IsOfOpenValue(p, text.Text)).ToImmutableArray());
        PolicyDocument document = RelocatedPolicy.In(read, whole, text.SourceOf);
        if (document.HasErrors)
        {
            problem = $"the policy of {found.Owner} has errors: {FirstError(document)}";
            return null;
        }

        problem = null;
        bool open = OpenValues.AreIn(document);
        return LoadedPolicy.Remember(open ? OpenValues.AtMost(document) : document.Where(_ => true), new LoadedPolicy
        {
            AtLeast = open ? OpenValues.AtLeast(document) : document,
            Open = open ? OpenNames.In(text, whole) : ImmutableArray<string>.Empty,
            Check = () => (whole, found.Check()),
        });
    }

    private static bool IsOfOpenValue(PolicyProblem problem, string text) =>
        problem.Code is ProblemCode.InvalidAction or ProblemCode.ImpossibleAction or ProblemCode.InvalidArn
            && UnknownText.IsIn(text.Substring(problem.Span.Start, problem.Span.Length));

    private static PolicyProblem FirstError(PolicyDocument document) => document.Problems.First(problem => problem.IsError);
}
