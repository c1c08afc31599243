using CsCheck;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Access;

/// <summary>A small account: its users and roles take their policies from one pool, so that some have the same ones.</summary>
internal sealed record RandomDump(RandomPolicy[] Pool, int[][] Users, int[][] Roles, int?[] Boundaries, int[] GroupPolicies, RandomPolicy[] Trusts,
    RandomPolicy[][] Levels)
{
    private static readonly Gen<int[]> Some = Gen.Int[0, 2].Array[0, 2];

    public static Gen<RandomDump> Any { get; } =
        from pool in RandomPolicy.Any.Array[3]
        from users in Some.Array[1, 2]
        from roles in Some.Array[1, 2]
        from boundaries in Gen.Frequency((3, Gen.Const((int?)null)), (1, Gen.Int[0, 2].Select(i => (int?)i))).Array[4]
        from groups in Some
        from trusts in RandomPolicy.OfRole.Array[2]
        from levels in Gen.Frequency((2, Gen.Const(Array.Empty<RandomPolicy[]>())), (1, RandomPolicy.Any.Array[1, 2].Array[1, 2]))
        select new RandomDump(pool, users, roles, boundaries, groups, trusts, levels);

    public Dump Written()
    {
        var dump = new Dump();
        dump.Group("g", [.. GroupPolicies.Select(i => Pool[i].ToString())]);
        for (int i = 0; i < Pool.Length; i++)
        {
            dump.Managed(Arn(i), Pool[i].ToString());
        }

        for (int i = 0; i < Users.Length; i++)
        {
            dump.User("ab"[i].ToString(), Dump.Attached([.. Users[i].Select(Arn)], Boundaries[i] is { } b ? Arn(b) : null), i == 0 ? ["g"] : []);
        }

        for (int i = 0; i < Roles.Length; i++)
        {
            dump.Role("rs"[i].ToString(), Trusts[i].ToString(), Dump.Attached([], Boundaries[i + 2] is { } b ? Arn(b) : null),
                [.. Roles[i].Select(p => Pool[p].ToString())]);
        }

        return dump;
    }

    public OrganizationControls Controls() => Levels.Length == 0 ? OrganizationControls.None : new OrganizationControls(
        null,
        ControlPolicies.None with
        {
            Levels = [.. Levels.Select(l => l.Select(p => p.Read()).ToArray())
            .Select(l => System.Collections.Immutable.ImmutableArray.Create<PolicyDocument>(l))]
        },
        ControlPolicies.None);

    private static string Arn(int policy) => $"arn:aws:iam::111122223333:policy/p{policy}";
}
