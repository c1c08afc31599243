using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>
/// Decides a predicate on one request: keys, also those that follow from the rest of the request, by the concrete evaluator,
/// action and resource by a walk of its own. Shares no matching code with the search.
/// </summary>
internal sealed class PredicateReplay(Subject subject, AccessRequest request, Reading readings)
{
    private readonly PolicyStack stack = subject.Stack ?? PolicyStack.Empty;

    /// <summary>The request.</summary>
    public AccessRequest Request => request;

    /// <summary>Whether the predicate holds of the request.</summary>
    public bool Holds(RequestPredicate predicate)
    {
        switch (predicate)
        {
            case RequestPredicate.AllOf all:
                foreach (RequestPredicate item in all.Items)
                {
                    if (!Holds(item))
                    {
                        return false;
                    }
                }

                return true;
            case RequestPredicate.AnyOf any:
                foreach (RequestPredicate item in any.Items)
                {
                    if (Holds(item))
                    {
                        return true;
                    }
                }

                return false;
            case RequestPredicate.Not not:
                return !Holds(not.Item);
            case RequestPredicate.ActionTest action:
                return Matches(action.Pattern, request.Action, foldCase: true);
            case RequestPredicate.ResourceTest resource:
                return Matches(resource.Pattern, request.Resource, foldCase: false);
            case RequestPredicate.KeyTest key:
                return Evaluator.AllowsAlone(key.Alone, stack, request, readings);
            case RequestPredicate.DescribedBy described:
                return Evaluator.AllowsAlone(described.Document, stack, request, readings);
            default:
                throw new InvalidOperationException($"no replay of {predicate.GetType().Name}");
        }
    }

    /// <summary>The values of a key in the request, also where they follow from the rest of it.</summary>
    public ImmutableArray<string> ValuesOf(string key) => Evaluator.ValuesOf(key, stack, request, readings);

    /// <summary>One row of the table of all prefixes at a time: which beginnings of the pattern take what has been read of the value.</summary>
    public static bool Matches(PolicyPattern pattern, string value, bool foldCase)
    {
        var places = new List<(char Character, bool Wild)>();
        foreach (PatternPart part in pattern.Parts)
        {
            foreach (char c in part.Text)
            {
                places.Add((c, part.Kind == PatternPartKind.Text && c is '*' or '?'));
            }
        }

        bool[] taken = new bool[places.Count + 1];
        taken[0] = true;
        SkipStars(taken);
        foreach (char c in value)
        {
            bool[] next = new bool[taken.Length];
            for (int i = 0; i < places.Count; i++)
            {
                (char wanted, bool wild) = places[i];
                if (taken[i])
                {
                    bool star = wild && wanted == '*';
                    next[i] |= star;
                    next[i + 1] |= !star && (wild || Same(wanted, c, foldCase));
                }
            }

            SkipStars(next);
            taken = next;
        }

        return taken[places.Count];

        void SkipStars(bool[] row)
        {
            for (int i = 0; i < places.Count; i++)
            {
                row[i + 1] |= row[i] && places[i] is { Wild: true, Character: '*' };
            }
        }
    }

    private static bool Same(char a, char b, bool foldCase) => a == b || (foldCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
