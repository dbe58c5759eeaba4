import { describeContract } from '../contract/describe-contract.ts';
import { ANYFAST_UNDER_TEST } from './under-test.ts';

describeContract(ANYFAST_UNDER_TEST);
