using CsCheck;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.ServiceData;

public sealed class ConditionKeyTypeTests
{
    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Default;

    // IAM User Guide, "AWS global condition context keys": "Data type" and "Value type" of each key.
    [Theory]
    [InlineData("aws:SourceIp", ConditionKeyType.IpAddress, false)]
    [InlineData("aws:sourceip", ConditionKeyType.IpAddress, false)]
    [InlineData("AWS:VpcSourceIp", ConditionKeyType.IpAddress, false)]
    [InlineData("aws:PrincipalArn", ConditionKeyType.Arn, false)]
    [InlineData("aws:SourceVpcArn", ConditionKeyType.Arn, false)]
    [InlineData("aws:SecureTransport", ConditionKeyType.Bool, false)]
    [InlineData("aws:MultiFactorAuthPresent", ConditionKeyType.Bool, false)]
    [InlineData("aws:MultiFactorAuthAge", ConditionKeyType.Numeric, false)]
    [InlineData("aws:CurrentTime", ConditionKeyType.Date, false)]
    [InlineData("aws:EpochTime", ConditionKeyType.Date, false)]
    [InlineData("aws:PrincipalOrgID", ConditionKeyType.String, false)]
    [InlineData("aws:PrincipalOrgPaths", ConditionKeyType.String, true)]
    [InlineData("aws:ResourceOrgPaths", ConditionKeyType.String, true)]
    [InlineData("aws:SourceOrgPaths", ConditionKeyType.String, true)]
    [InlineData("aws:VpceOrgPaths", ConditionKeyType.String, true)]
    [InlineData("aws:PrincipalServiceNamesList", ConditionKeyType.String, true)]
    [InlineData("aws:CalledVia", ConditionKeyType.String, true)]
    [InlineData("aws:CalledViaFirst", ConditionKeyType.String, false)]
    [InlineData("aws:TagKeys", ConditionKeyType.String, true)]
    [InlineData("aws:SourceOwner", ConditionKeyType.String, false)]
    [InlineData("codebuild:BuildArn", ConditionKeyType.Arn, false)]
    [InlineData("ec2:RoleDelivery", ConditionKeyType.Numeric, false)]
    public void A_global_key_has_the_type_of_the_user_guide(string key, ConditionKeyType type, bool isMultivalued)
    {
        var found = Catalogue.FindKeyType(key);
        Assert.Equal(type, found?.Type);
        Assert.Equal(isMultivalued, found?.IsMultivalued);
        Assert.Equal(key, found?.Name, ignoreCase: true);
    }

    // What the placeholder stands for may hold any character.
    [Theory]
    [InlineData("aws:RequestTag/team", "aws:RequestTag/${TagKey}")]
    [InlineData("aws:RequestTag/${TagKey}", "aws:RequestTag/${TagKey}")]
    [InlineData("aws:resourcetag/aws:cloudformation:stack-name", "aws:ResourceTag/${TagKey}")]
    [InlineData("aws:PrincipalTag/a/b", "aws:PrincipalTag/${TagKey}")]
    [InlineData("s3:ExistingObjectTag/classification", "s3:ExistingObjectTag/<key>")]
    [InlineData("S3:EXISTINGOBJECTTAG/x", "s3:ExistingObjectTag/<key>")]
    [InlineData("secretsmanager:ResourceTag/team", "secretsmanager:ResourceTag/tag-key")]
    [InlineData("kms:EncryptionContext:AppName", "kms:EncryptionContext:${EncryptionContextKey}")]
    [InlineData("events:Metadata/x", "events:Metadata/${MetadataKey}")]
    [InlineData("events:Metadata/x/Matcher", "events:Metadata/${MetadataKey}/Matcher")]
    [InlineData("token.actions.githubusercontent.com/my-org:ref", "token.actions.githubusercontent.com/${SubPath}:ref")]
    public void A_member_of_a_family_of_keys_is_found_through_its_template(string key, string template)
    {
        var found = Catalogue.FindKeyType(key);
        Assert.Equal(template, found?.Name);
        Assert.Equal(ConditionKeyType.String, found?.Type);
        Assert.True(found?.IsTemplate);
        Assert.True(found?.Matches(key));
    }

    [Theory]
    [InlineData("s3:VersionId", ConditionKeyType.String, false)]
    [InlineData("s3:max-keys", ConditionKeyType.Numeric, false)]
    [InlineData("iam:PermissionsBoundary", ConditionKeyType.Arn, false)]
    [InlineData("IAM:passedtoservice", ConditionKeyType.String, false)]
    [InlineData("dynamodb:Attributes", ConditionKeyType.String, true)]
    [InlineData("saml:aud", ConditionKeyType.String, false)]
    [InlineData("accounts.google.com:aud", ConditionKeyType.String, false)]
    [InlineData("token.actions.githubusercontent.com:repository", ConditionKeyType.String, false)]
    public void A_key_of_a_service_is_found_with_the_service_that_declares_it(string key, ConditionKeyType type, bool isMultivalued)
    {
        var found = Catalogue.FindKeyType(key);
        Assert.Equal(type, found?.Type);
        Assert.Equal(isMultivalued, found?.IsMultivalued);
        Assert.Equal(key, found?.Name, ignoreCase: true);
    }

    [Theory]
    [InlineData("aws:NoSuchKey")]
    [InlineData("aws:RequestTag/")]
    [InlineData("aws:RequestTag")]
    [InlineData("s3:NoSuchKey")]
    [InlineData("nosuchservice:Key")]
    [InlineData("SourceIp")]
    [InlineData(":SourceIp")]
    [InlineData("")]
    public void An_unknown_key_has_no_type(string key) => Assert.Null(Catalogue.FindKeyType(key));

    [Fact]
    public void Global_keys_are_listed_once_each()
    {
        var names = Catalogue.GlobalConditionKeys.Select(key => key.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Equal(name, Catalogue.FindKeyType(name)?.Name));
    }

    [Fact]
    public void The_global_table_and_the_services_agree()
    {
        var global = Catalogue.GlobalConditionKeys.ToDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);
        foreach (string prefix in Catalogue.ServicePrefixes)
        {
            Assert.True(Catalogue.TryGetService(prefix, out var service));
            foreach (var key in service.ConditionKeys.Where(key => global.ContainsKey(key.Name)))
            {
                Assert.Equal(global[key.Name].Type, key.Type);

                // Amazon Q calls identitystore:UserId multivalued; the IAM User Guide and Identity Store say it is not.
                if (!(prefix is "q" or "qbusiness"))
                {
                    Assert.Equal(global[key.Name].IsMultivalued, key.IsMultivalued);
                }
            }
        }
    }

    [Fact]
    public void Every_key_a_service_names_has_a_type()
    {
        foreach (string prefix in Catalogue.ServicePrefixes)
        {
            Assert.True(Catalogue.TryGetService(prefix, out var service));
            Assert.All(service.ConditionKeys, key => Assert.Equal(key.Type, Catalogue.FindKeyType(key.Name)?.Type));
        }
    }

    [Fact]
    public void Any_tag_key_is_of_the_family() =>
        Gen.String[1, 20].Each(100, tagKey => Catalogue.FindKeyType("aws:RequestTag/" + tagKey)?.Name == "aws:RequestTag/${TagKey}");
}
