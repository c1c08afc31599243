using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Facts about whose a resource is, and in which partition it lies.</summary>
internal sealed class ResourceOwnership(Query query, RequestFormulas formulas, StackTranslator stacks)
{
    /// <summary>Whose the resource is follows from the case or from the resource's ARN; where neither says, it stays open.</summary>
    public List<int> Of(string caller)
    {
        FormulaBuilder graph = formulas.Graph;
        int own = stacks.OwnAccount;
        var facts = new List<int>();
        if (query.World == World.Aws && formulas.Speaks("aws:resourceaccount"))
        {
            int callers = formulas.Exists(formulas.Key("aws:resourceaccount"), TextSet.Of(caller));
            facts.Add(graph.Or(FormulaBuilder.Not(own), callers, FormulaBuilder.Not(formulas.Present(formulas.Key("aws:resourceaccount")))));
            facts.Add(graph.Or(own, FormulaBuilder.Not(callers)));
        }

        if (query.Request.ResourceAccount is { } given)
        {
            return [.. facts, given == caller ? own : FormulaBuilder.Not(own)];
        }

        int mine = formulas.Exists(formulas.Resource, StackTranslator.ArnFields("*", "*", "*", caller, "*", "*"));
        int some = formulas.Exists(formulas.Resource, new TextSet(new PatternSet([SomeAccount()])));
        int none = formulas.Exists(formulas.Resource, TextSet.Of("*"));
        return
        [
            .. facts,
            graph.Or(FormulaBuilder.Not(mine), own),
            graph.Or(FormulaBuilder.Not(some), mine, FormulaBuilder.Not(own)),
            graph.Or(FormulaBuilder.Not(none), own),
        ];
    }

    /// <summary>The resource lies in another partition than the caller's, if its ARN names one.</summary>
    public List<int> Crossing(string partition)
    {
        FormulaBuilder graph = formulas.Graph;
        int some = formulas.Exists(formulas.Resource, new TextSet(new PatternSet([SecondField(b => b.Add(PlaceKind.OneInField).Add(PlaceKind.StarInField))])));
        int same = formulas.Exists(formulas.Resource, new TextSet(new PatternSet([SecondField(b => b.Exact(partition))])));
        int crosses = graph.And(some, FormulaBuilder.Not(same));
        return [graph.Or(FormulaBuilder.Not(crosses), stacks.CrossesPartition), graph.Or(crosses, FormulaBuilder.Not(stacks.CrossesPartition))];
    }

    private static CharPattern SecondField(Func<CharPattern.Builder, CharPattern.Builder> field) =>
        field(new CharPattern.Builder().Add(PlaceKind.StarInField).Exact(":")).Exact(":").Add(PlaceKind.Star).Build();

    private static CharPattern SomeAccount()
    {
        var builder = new CharPattern.Builder();
        for (int field = 0; field < 4; field++)
        {
            builder.Add(PlaceKind.StarInField).Exact(":");
        }

        for (int i = 0; i < 12; i++)
        {
            builder.Add(PlaceKind.OneDigit);
        }

        return builder.Exact(":").Add(PlaceKind.Star).Build();
    }
}
