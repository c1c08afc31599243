using ProvableSec.Policy;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;

namespace ProvableSec.Reasoning.Proving;

/// <summary>Looks for requests in the world of one question: under the guards of what it assumes, and in the readings that it asks for.</summary>
internal sealed class WorldSearch(Query query, FormulaSolver solver, WorldFacts world)
{
    private static readonly KeyValuePair<Reading, bool>[] Defaults = [.. AllReadings().Select(r => new KeyValuePair<Reading, bool>(r, false))];

    /// <summary>A request of which what stands under the guards is true; null where there is none, a proof unless the solver was not exhaustive.</summary>
    /// <param name="guards">The guards to switch on.</param>
    public RequestModel? Find(IEnumerable<Guard> guards) => Find(guards, query.DefaultReadingsOnly);

    /// <summary>The same, in the default readings only or in any.</summary>
    public RequestModel? Find(IEnumerable<Guard> guards, bool defaults)
    {
        world.Assert();
        return solver.Solve(guards, defaults ? Defaults : []);
    }

    private static IEnumerable<Reading> AllReadings()
    {
        for (int bit = 1; bit <= (int)Reading.UnknownOperatorMatches; bit <<= 1)
        {
            yield return (Reading)bit;
        }
    }
}
