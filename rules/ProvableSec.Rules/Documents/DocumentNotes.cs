using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Documents;

/// <summary>What a document holds beside the policies that were judged: what could not be, and what is wrong with it.</summary>
public sealed class DocumentNotes
{
    private readonly List<UnjudgedPolicy> unjudged = [];
    private readonly List<UnjudgedPolicy> partlyJudged = [];
    private readonly List<string> macros = [];
    private readonly List<PolicyProblem> problems = [];

    /// <summary>The policies of which nothing is known before the document is deployed.</summary>
    public IReadOnlyList<UnjudgedPolicy> Unjudged => unjudged;

    /// <summary>The policies with more combinations of conditions and parameters than were judged.</summary>
    public IReadOnlyList<UnjudgedPolicy> PartlyJudged => partlyJudged;

    /// <summary>The macros of a template that may make other resources of it, by name.</summary>
    public IReadOnlyList<string> Macros => macros;

    /// <summary>What makes the document one that cannot be deployed as it stands; the rest of it is judged.</summary>
    public IReadOnlyList<PolicyProblem> Problems => problems;

    internal void AddUnjudged(string pointer, string owner)
    {
        var policy = new UnjudgedPolicy(pointer, owner);
        if (!unjudged.Contains(policy))
        {
            unjudged.Add(policy);
        }
    }

    internal void AddPartlyJudged(string pointer, string owner) => partlyJudged.Add(new UnjudgedPolicy(pointer, owner));

    internal void AddMacro(string name) => macros.Add(name);

    internal void Add(PolicyProblem problem) => problems.Add(problem);

    /// <summary>Puts the problems where the text is from that the document was made of.</summary>
    /// <param name="made">How it was made; null where it is the text itself.</param>
    /// <param name="source">The text that it was made of.</param>
    public void Map(MappedText? made, DocumentText source)
    {
        for (int i = 0; i < problems.Count && made is not null; i++)
        {
            PolicyProblem problem = problems[i];
            TextRange span = made.SourceOf(problem.Span);
            problems[i] = new PolicyProblem(problem.Code, problem.Message, span, problem.Pointer, source.PositionOf(span.Start), source.Name);
        }
    }
}
