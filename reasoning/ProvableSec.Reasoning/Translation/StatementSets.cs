using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// The sets of values that a statement speaks of. They are the same in every question, and kept with the statement: whoever asks about a document again, or
/// about each of its statements, compiles nothing twice.
/// </summary>
internal sealed class StatementSets
{
    /// <summary>Amazon API Gateway writes the API's own ARN before a resource that begins so (API Gateway Developer Guide, "API Gateway resource policy
    /// examples").</summary>
    private const string ShortApi = "execute-api:/", Api = "arn:*:execute-api:*:*:${" + RequestFormulas.OwnApi + "}/";

    private readonly Statement statement;
    private readonly ConditionSet?[] conditions;
    private TextSet? actions;
    private bool? hasVariables;
    private PatternsOfResource? resources;

    private StatementSets(Statement statement)
    {
        this.statement = statement;
        conditions = new ConditionSet?[statement.Conditions.Length];
    }

    /// <summary>Those of a statement.</summary>
    public static StatementSets Of(Statement statement) => (StatementSets)(statement.Compiled ??= new StatementSets(statement));

    /// <summary>The actions that the patterns of Action or NotAction name.</summary>
    public TextSet Actions => actions ??= PatternCompiler.Compile(statement.Action.Patterns, MatchMode.Action);

    /// <summary>The resources that the patterns of Resource or NotResource name.</summary>
    public PatternsOfResource Resources => resources ??= Find(statement.Resource!, statement.Principal is not null);

    /// <summary>What the service data do not know of its actions and of its keys, in words; null where nobody has asked yet.</summary>
    public (string[] Actions, string[] Keys)? Unknown { get; set; }

    /// <summary>Whether it names an action that the service data know; null where nobody has asked yet.</summary>
    public bool? NamesKnownAction { get; set; }

    /// <summary>Whether a resource or a condition of it has policy variables.</summary>
    public bool HasVariables => hasVariables ??= (statement.Resource?.Patterns ?? ImmutableArray<PolicyPattern>.Empty)
        .Concat(statement.Conditions.SelectMany(line => line.Values)).Any(pattern => pattern.HasVariables);

    /// <summary>The values of one of its condition lines.</summary>
    public ConditionSet Condition(int line) => conditions[line] ??= ConditionSet.Of(statement.Conditions[line]);

    private static PatternsOfResource Find(ResourceClause clause, bool isOfResource)
    {
        List<PolicyPattern> plain = [], variable = [];
        foreach (PolicyPattern pattern in clause.Patterns)
        {
            if (isOfResource && pattern.Text.StartsWith(ShortApi, StringComparison.Ordinal))
            {
                // Which API it is nobody says, but it is one and the same.
                variable.Add(PolicyPattern.ResourceWithVariables(Api + pattern.Text.Substring(ShortApi.Length), pattern.Span, out _));
            }
            else
            {
                (pattern.HasVariables ? variable : plain).Add(pattern);
            }
        }

        return new PatternsOfResource(PatternCompiler.Compile(plain, MatchMode.Resource), variable);
    }
}

/// <summary>The resources of a statement.</summary>
/// <param name="Plain">Those of the patterns without policy variables.</param>
/// <param name="WithVariables">The other patterns.</param>
internal sealed record PatternsOfResource(TextSet Plain, IReadOnlyList<PolicyPattern> WithVariables);
