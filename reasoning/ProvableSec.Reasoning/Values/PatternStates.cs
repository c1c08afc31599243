using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// The automata of some patterns, run side by side: a state has a bit for each place of each pattern that is reached, the place behind the end included.
/// A letter moves all bits at once (Baeza-Yates and Gonnet, "A new approach to text searching", CACM 1992).
/// </summary>
internal sealed class PatternStates
{
    private readonly CharPattern[] patterns;
    private readonly Budget budget;
    private readonly int[] offsets;

    // By word of a state: the places that are stars, and those whose star takes every character.
    private readonly ulong[] stars, openStars;

    // By letter: the places that take it.
    private readonly Dictionary<char, ulong[]> takers = [];

    public PatternStates(CharPattern[] patterns, Budget budget)
    {
        this.budget = budget;
        this.patterns = patterns;
        offsets = new int[patterns.Length + 1];
        for (int i = 0; i < patterns.Length; i++)
        {
            offsets[i + 1] = offsets[i] + (patterns[i].Length / 64) + 1;
        }

        Words = offsets[patterns.Length];
        stars = Places((pattern, p) => pattern.IsStar(p));
        openStars = Places((pattern, p) => pattern.KindAt(p) == PlaceKind.Star);
        Reached = new ulong[Words];
        for (int i = 0; i < patterns.Length; i++)
        {
            Reached[offsets[i]] = 1;
        }

        Close();
    }

    /// <summary>The bytes of the budget that are held here.</summary>
    public long Held { get; private set; }

    /// <summary>Number of words of a state.</summary>
    public int Words { get; }

    /// <summary>The state reached last, at first the one before any letter; overwritten by the next step.</summary>
    public ulong[] Reached { get; }

    /// <summary>Whether a state has a place of a pattern.</summary>
    public bool Has(ulong[] state, int pattern, int place) => (state[offsets[pattern] + (place >> 6)] >> (place & 63) & 1) != 0;

    /// <summary>The furthest place of a pattern that a state has; 0 where it has none.</summary>
    public int Furthest(ulong[] state, int pattern)
    {
        for (int w = offsets[pattern + 1] - 1; w >= offsets[pattern]; w--)
        {
            if (state[w] != 0)
            {
                return (64 * (w - offsets[pattern])) + Highest(state[w]);
            }
        }

        return 0;
    }

    /// <summary>The next place of a pattern that a state has, from one on; -1 where there is none.</summary>
    public int NextPlace(ulong[] state, int pattern, int from)
    {
        int word = offsets[pattern] + (from >> 6);
        if (word >= offsets[pattern + 1])
        {
            return -1;
        }

        ulong bits = state[word] & (ulong.MaxValue << (from & 63));
        while (bits == 0)
        {
            if (++word == offsets[pattern + 1])
            {
                return -1;
            }

            bits = state[word];
        }

        return (64 * (word - offsets[pattern])) + Highest(bits & (~bits + 1));
    }

    /// <summary>Whether a pattern may still take a text that goes on from a state.</summary>
    public bool IsAlive(ulong[] state, int pattern)
    {
        for (int w = offsets[pattern]; w < offsets[pattern + 1]; w++)
        {
            if (state[w] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes a letter: a place that takes it leads to the next one, a star to itself. Nothing takes a letter behind a pattern's end, so that
    /// nothing is carried over from one pattern into the next.
    /// </summary>
    /// <param name="state">The state to go on from.</param>
    /// <param name="letter">The letter.</param>
    /// <param name="needed">At most this many patterns, the first ones, have to stay alive.</param>
    /// <returns>False when one of these does not; then <see cref="Reached"/> is of no use.</returns>
    public bool Step(ulong[] state, char letter, int needed)
    {
        if (!takers.TryGetValue(letter, out ulong[]? taking))
        {
            budget.SpendWork(64L * Words);
            budget.Hold(8L * Words);
            Held += 8L * Words;
            takers.Add(letter, taking = Places((pattern, p) => pattern.Takes(p, letter)));
        }

        ulong carried = 0;
        for (int w = 0; w < Reached.Length; w++)
        {
            ulong taken = state[w] & taking[w], moving = taken & ~stars[w];
            Reached[w] = (moving << 1) | carried | (taken & stars[w]);
            carried = moving >> 63;
        }

        for (int i = 0; i < needed; i++)
        {
            if (!IsAlive(Reached, i))
            {
                return false;
            }
        }

        Close();
        return true;
    }

    /// <summary>Adds the places behind stars that may take nothing; no two stars stand side by side.</summary>
    private void Close()
    {
        ulong carried = 0;
        for (int w = 0; w < Reached.Length; w++)
        {
            ulong open = Reached[w] & stars[w];
            Reached[w] |= (open << 1) | carried;
            carried = open >> 63;
        }

        // Whatever is taken from before an unrestricted star is taken from the star as well: forgetting the places before it merges states.
        for (int i = 0; i < patterns.Length; i++)
        {
            for (int w = offsets[i + 1] - 1; w >= offsets[i]; w--)
            {
                ulong open = Reached[w] & openStars[w];
                if (open != 0)
                {
                    Reached[w] &= ~(UpToHighest(open) >> 1);
                    Array.Clear(Reached, offsets[i], w - offsets[i]);
                    break;
                }
            }
        }
    }

    /// <summary>All bits up to the highest that is set.</summary>
    private static ulong UpToHighest(ulong bits)
    {
        bits |= bits >> 1;
        bits |= bits >> 2;
        bits |= bits >> 4;
        bits |= bits >> 8;
        bits |= bits >> 16;
        return bits | (bits >> 32);
    }

    /// <summary>The number of the highest bit that is set.</summary>
    private static int Highest(ulong bits)
    {
        int number = 0;
        for (int half = 32; half > 0; half /= 2)
        {
            if (bits >> half != 0)
            {
                bits >>= half;
                number += half;
            }
        }

        return number;
    }

    private ulong[] Places(Func<CharPattern, int, bool> matching)
    {
        ulong[] places = new ulong[Words];
        for (int i = 0; i < patterns.Length; i++)
        {
            for (int p = 0; p < patterns[i].Length; p++)
            {
                if (matching(patterns[i], p))
                {
                    places[offsets[i] + (p >> 6)] |= 1UL << (p & 63);
                }
            }
        }

        return places;
    }
}
