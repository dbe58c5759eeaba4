import { describeContract } from '../contract/describe-contract.ts';
import { ARK_UNDER_TEST } from './under-test.ts';

describeContract(ARK_UNDER_TEST);
