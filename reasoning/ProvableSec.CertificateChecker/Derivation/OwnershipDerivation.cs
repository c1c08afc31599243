using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>Whose the resource is, and in which partition it lies (docs/semantics.md, line 14).</summary>
/// <param name="atoms">The Booleans.</param>
/// <param name="callers">Who asks.</param>
/// <param name="given">The resource's account, where the question gives it.</param>
/// <param name="asksPartition">Whether it matters in which partitions caller and resource are.</param>
internal sealed class OwnershipDerivation(Atoms atoms, CallerDerivation callers, string? given, bool asksPartition)
{
    private const string Partition = "partitions", Owner = "linked-keys: an ARN with an account belongs to it";

    /// <summary>The resource belongs to the caller's account.</summary>
    public Formula IsCallers => given is not null ? And("", callers.HasAccount, callers.InAccount(given))
        : atoms.Free("the resource is of the caller's account");

    /// <summary>The resource belongs to this account.</summary>
    public Formula ResourceIn(string account) => given is not null ? given == account ? True : False : atoms.Free($"the resource is of the account {account}");

    /// <summary>The resource names another partition than the caller's.</summary>
    public Formula CrossesPartition => atoms.Free("the resource is of another partition than the caller");

    /// <summary>What is so in every world: two partitions that are named are the same or not.</summary>
    public IEnumerable<(string Origin, Formula Fact)> PartitionFacts(IEnumerable<string> partitions)
    {
        foreach (string partition in asksPartition ? partitions : [])
        {
            Formula caller = And("", callers.HasAccount, callers.In(ArnSets.OfPartition(partition)));
            Formula differs = And(Partition, atoms.In(atoms.Resource, ArnSets.OfPartition(null)),
                Not(atoms.In(atoms.Resource, ArnSets.OfPartition(partition))));
            yield return (Partition, Implies(Partition, caller, Same(Partition, CrossesPartition, differs)));
            yield return (Partition,
                Implies(Partition, And(Partition, callers.HasAccount, Not(caller), atoms.In(atoms.Resource, ArnSets.OfPartition(partition))),
                    CrossesPartition));
        }
    }

    /// <summary>What linked keys tell: whose a resource is follows from its ARN, and a resource of * is the caller's.</summary>
    public IEnumerable<(string Origin, Formula Fact)> OwnerFacts(IEnumerable<string> accounts)
    {
        if (given is null)
        {
            yield return (Owner, Implies(Owner, And(Owner, callers.HasAccount, atoms.In(atoms.Resource, ArnSets.Texts("*"))), IsCallers));
            foreach (string account in accounts)
            {
                Formula caller = And("", callers.HasAccount, callers.InAccount(account)), mine = atoms.In(atoms.Resource, ArnSets.OfAccount(account));
                yield return (Owner, Implies(Owner, And(Owner, caller, atoms.In(atoms.Resource, ArnSets.OfAccount(null))), Same(Owner, IsCallers, mine)));
                yield return (Owner, Implies(Owner, And(Owner, Not(caller), mine), Not(IsCallers)));
                yield return (Owner, Implies(Owner, atoms.In(atoms.Resource, ArnSets.OfAccount(null)), Same(Owner, ResourceIn(account), mine)));
                yield return (Owner, Implies(Owner, And(Owner, callers.HasAccount, IsCallers), Same(Owner, ResourceIn(account), caller)));
                yield return (Owner, Implies(Owner, And(Owner, caller, Not(IsCallers)), Not(ResourceIn(account))));
            }
        }

        yield return ("linked-keys: nothing is asked across partitions", Not(CrossesPartition));
    }
}
