using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.Reasoning.Proving;

/// <summary>The Deny statements and layers each of which alone keeps an answer from being the other one.</summary>
internal static class Blockers
{
    /// <summary>At most this many statements and layers are set aside to explain one answer.</summary>
    public const int MostSetAsides = 48;

    /// <summary>Finds them.</summary>
    /// <param name="query">The question.</param>
    /// <param name="goal">What it looks for with a statement or layer set aside.</param>
    /// <param name="solver">Where that is asserted.</param>
    /// <param name="search">Looks for requests.</param>
    /// <param name="world">The guards of what is assumed of requests.</param>
    public static List<Because> Of(Query query, Func<SetAside, Formula> goal, FormulaSolver solver, WorldSearch search, IReadOnlyList<Guard> world)
    {
        var because = new List<Because>();
        if (query.Subject.Stack is not { } stack)
        {
            return because;
        }

        int tried = 0;
        foreach ((PolicySlot layer, PolicySlot slot, PolicyDocument? document) in StackLayers.Of(stack))
        {
            if (document is null)
            {
                if (Blocks(new SetAside(null, layer)))
                {
                    because.Add(new Because(null, null, null, layer.ToString()));
                }

                continue;
            }

            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == Effect.Deny && Blocks(new SetAside(statement, null)))
                {
                    because.Add(new Because(slot, document, statement));
                }
            }
        }

        return because;

        bool Blocks(SetAside aside)
        {
            if (++tried > MostSetAsides)
            {
                return false;
            }

            var guard = new Guard("set aside");
            solver.Assert(goal(aside), guard);
            return search.Find([.. world, guard]) is not null;
        }
    }
}
