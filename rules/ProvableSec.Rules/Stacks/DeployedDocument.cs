using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>Reads a policy of a template or plan as the most that it can allow, with the places of the file; <see cref="LoadedPolicy"/> has the
/// least.</summary>
internal static class DeployedDocument
{
    /// <summary>Reads one.</summary>
    /// <param name="found">The policy.</param>
    /// <param name="text">Its text: of a template with conditions, under some of them.</param>
    /// <param name="whole">The template or plan.</param>
    /// <param name="problem">Why nothing can be concluded of it.</param>
    public static PolicyDocument? Read(FoundPolicy found, MappedText text, DocumentText whole, out string? problem)
    {
        PolicyDocument read = PolicyReader.Read(new DocumentText(text.Text));

        // An action or resource of which a piece is not known may look like none; what it can be is bounded below.
        read = new PolicyDocument(read.Source, read.Version, read.NamesVersion, read.Id, read.Statements,
            read.Problems.Where(p => !IsOfOpenValue(p, text.Text)).ToImmutableArray());
        PolicyDocument document = RelocatedPolicy.In(read, whole, text.SourceOf);
        if (document.HasErrors)
        {
            problem = $"the policy of {found.Owner} has errors: {document.Problems.First(p => p.IsError)}";
            return null;
        }

        problem = null;
        bool open = OpenValues.AreIn(document);
        return LoadedPolicy.Remember(open ? OpenValues.AtMost(document) : document.Where(_ => true), new LoadedPolicy
        {
            AtLeast = open ? OpenValues.AtLeast(document) : document,
            Named = open ? PolicyReader.Read(new DocumentText(new UnknownNames(text, whole.Text).Text, whole.Name)) : document,
            Open = open ? OpenNames.In(text, whole) : ImmutableArray<string>.Empty,
            Check = () => (whole, found.Check()),
        });
    }

    private static bool IsOfOpenValue(PolicyProblem problem, string text) =>
        problem.Code is ProblemCode.InvalidAction or ProblemCode.ImpossibleAction or ProblemCode.InvalidArn
            && UnknownText.IsIn(text.Substring(problem.Span.Start, problem.Span.Length));
}
