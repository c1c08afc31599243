using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// One evaluation on its way: what is asked, and what has been met so far. Reused by its thread, so that a decision allocates its answer only.
/// </summary>
internal sealed class EvaluationRun
{
    [ThreadStatic]
    private static EvaluationRun? spare;

    private readonly List<string> warnings = [];
    private readonly List<string> names = [];
    private readonly int[] places = new int[KnownKeys.Count];
    private readonly int[] valued = new int[KnownKeys.Count];
    private KnownKey[] keys = new KnownKey[ListedKeys.Many];
    private ulong listed;
    private ulong listedWithValue;
    private Reading readings;
    private ulong missing;
    private bool lacksResourcePolicy;

    private EvaluationRun()
    {
    }

    public PolicyStack Stack { get; private set; } = PolicyStack.Empty;

    public AccessRequest Request { get; private set; } = null!;

    /// <summary>The keys of the request by name, where there are this many that going through them all is slow; else null.</summary>
    public ListedKeys? ListedKeys { get; private set; }

    /// <summary>How the request's action begins, to pass over statements of others.</summary>
    public ulong ActionBeginning { get; private set; }

    /// <summary>The fields of the request's resource.</summary>
    public ResourceFields Resource { get; private set; }

    /// <summary>The account of a caller that acts for one; null for anonymous callers, services and providers.</summary>
    public string? CallerAccount { get; private set; }

    /// <summary>The account that owns the resource; null when neither the case, the ARN nor the caller tells.</summary>
    public string? ResourceAccount { get; private set; }

    /// <summary>The disputed points met so far. While a flag is not in here, either reading of it gives the same answer.</summary>
    public Reading Used { get; private set; }

    public char[] Characters { get; private set; } = new char[256];

    public bool[] Literals { get; private set; } = new bool[256];

    public DecidingStatements Denies { get; } = new();

    public DecidingStatements Allows { get; } = new();

    public static EvaluationRun Rent(PolicyStack stack, AccessRequest request, Reading readings)
    {
        EvaluationRun run = spare ?? new EvaluationRun();
        spare = null;
        run.Stack = stack;
        run.Request = request;
        run.readings = readings;
        run.Used = Reading.None;
        run.missing = 0;
        run.lacksResourcePolicy = false;
        run.ActionBeginning = PreparedStatement.Beginning(request.Action.AsSpan());
        run.Resource = new ResourceFields(request.Resource);
        run.FindKnownKeys();
        run.ListedKeys = request.Context.Length < ListedKeys.Many ? null : new ListedKeys(request.Context);
        CallerPrincipal caller = request.Principal;
        run.CallerAccount = caller.Kind
            is PrincipalKind.Root or PrincipalKind.User or PrincipalKind.Role or PrincipalKind.AssumedRole or PrincipalKind.FederatedUser
            ? caller.Account
            : null;
        run.ResourceAccount = request.ResourceAccount ?? OwnerIn(run.Resource.Account, run.CallerAccount) ?? run.CallerAccount;
        return run;
    }

    public void Return()
    {
        // Nothing of a case outlives its decision.
        Denies.Clear();
        Allows.Clear();
        warnings.Clear();
        Stack = PolicyStack.Empty;
        Request = null!;
        Resource = default;
        ListedKeys = null;
        CallerAccount = null;
        ResourceAccount = null;
        spare = this;
    }

    /// <summary>Which known key an entry of the request's context is, if any.</summary>
    public KnownKey KeyAt(int place) => keys[place];

    /// <summary>The first place of the request's context with a known key; -1 where it is not listed.</summary>
    public int PlaceOf(KnownKey key) => (listed & (1UL << (int)key)) == 0 ? -1 : places[(int)key];

    /// <summary>The first place of the request's context with a value of a known key; -1 where there is none.</summary>
    public int PlaceOfValue(KnownKey key) => (listedWithValue & (1UL << (int)key)) == 0 ? -1 : valued[(int)key];

    /// <summary>Whether the other reading of a disputed point is taken; notes that the point was met.</summary>
    public bool Takes(Reading reading)
    {
        Used |= reading;
        return (readings & reading) != 0;
    }

    public void NoteMissing(KnownKey key) => missing |= 1UL << (int)key;

    public void NoteMissingResourcePolicy() => lacksResourcePolicy = true;

    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    /// <summary>Makes room for an expanded pattern, keeping what is there.</summary>
    public void Reserve(int length)
    {
        if (length > Characters.Length)
        {
            char[] characters = new char[length * 2];
            bool[] literals = new bool[length * 2];
            Characters.CopyTo(characters, 0);
            Literals.CopyTo(literals, 0);
            Characters = characters;
            Literals = literals;
        }
    }

    public ImmutableArray<string> Warnings() => warnings.Count == 0 ? ImmutableArray<string>.Empty : warnings.ToImmutableArray();

    public ImmutableArray<string> Missing()
    {
        if (missing == 0 && !lacksResourcePolicy)
        {
            return ImmutableArray<string>.Empty;
        }

        names.Clear();
        if (lacksResourcePolicy)
        {
            names.Add(PolicySlot.NameOf(PolicyLayer.ResourcePolicy));
        }

        for (int key = 0; key < 64; key++)
        {
            if ((missing & (1UL << key)) != 0)
            {
                names.Add(KnownKeys.NameOf((KnownKey)key));
            }
        }

        return names.ToImmutableArray();
    }

    private void FindKnownKeys()
    {
        ImmutableArray<ContextEntry> context = Request.Context;
        if (context.Length > keys.Length)
        {
            keys = new KnownKey[context.Length];
        }

        listed = 0;
        listedWithValue = 0;
        for (int i = 0; i < context.Length; i++)
        {
            KnownKey key = keys[i] = KnownKeys.Find(context[i].FoldedKey);
            ulong bit = 1UL << (int)key;
            if (key != KnownKey.None && (listed & bit) == 0)
            {
                listed |= bit;
                places[(int)key] = i;
            }

            if (key != KnownKey.None && (listedWithValue & bit) == 0 && !context[i].Values.IsDefaultOrEmpty)
            {
                listedWithValue |= bit;
                valued[(int)key] = i;
            }
        }
    }

    private static string? OwnerIn(ReadOnlySpan<char> account, string? callerAccount)
    {
        if (account.Length != 12)
        {
            // "aws" in arn:aws:iam::aws:policy/… is not an account.
            return null;
        }

        foreach (char c in account)
        {
            if (c is < '0' or > '9')
            {
                return null;
            }
        }

        return callerAccount is not null && account.SequenceEqual(callerAccount.AsSpan()) ? callerAccount : account.ToString();
    }
}
